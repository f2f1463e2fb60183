"""Looking over an installation: settings, model, index, records, versions, clock. Each check is a small function."""
