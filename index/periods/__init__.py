"""Periods of time: those that a question names, and how near an article or a text is to one."""
