"""The report of an evaluation as a web page: one file that needs nothing else, and runs nothing."""

from bot.evaluation.html_report.page import render_html

__all__ = ["render_html"]
