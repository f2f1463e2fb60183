"""Metrics, each a small function that says where it is defined. What there is nothing to measure of is None, not 0."""
