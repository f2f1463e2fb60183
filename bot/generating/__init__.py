"""Answers written by a language model from the passages found, and shown only where these bear them out."""
