"""The rows of the benchmark's table: what each figure is, worked out from questions and what came of them."""
