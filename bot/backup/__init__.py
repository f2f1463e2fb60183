"""Backups: one file that holds all that a home cannot make again, and the way back."""
