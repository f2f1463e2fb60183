"""Evaluation: question cases, and how well they are answered."""
