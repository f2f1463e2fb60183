"""The words given to language models: one Markdown file each, and a loader that checks them."""
