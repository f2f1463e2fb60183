"""Speed: what the product takes beside what cannot be spared, each measured in one run."""
