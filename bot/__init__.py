"""Questions in, answers out: answering, citations, evaluation, Slack and the command line."""
