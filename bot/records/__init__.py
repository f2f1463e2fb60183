"""What was asked and answered: kept on disk before anything else happens to it."""
