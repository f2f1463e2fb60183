"""The catalogue: what the index holds, in one SQLite database. It is the source of truth."""
