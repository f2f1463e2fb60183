"""What settings and questions can get wrong; see `index.errors` for the family.

FootnoteError
├── SettingsError   a setting has a value that makes no sense
└── QuestionError   a question cannot be understood as one
"""

from __future__ import annotations

from index.errors import FootnoteError


class SettingsError(FootnoteError):
    """A setting, from the environment, the .env file or an option, has a value that makes no sense."""


class QuestionError(FootnoteError):
    """A question, or a line of questions in batch mode, cannot be understood as one."""
