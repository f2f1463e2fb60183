"""Answers without a language model: the sentences that answer, verbatim, or a decline."""
