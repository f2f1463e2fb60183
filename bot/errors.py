"""What can go wrong in the bot, beside the index; see `index.errors` for the family.

FootnoteError
├── SettingsError     a setting has a value that makes no sense
├── QuestionError     a question cannot be understood as one
├── CaseError         a file of question cases cannot be read, or states a case that cannot be checked
├── EvaluationError   a data set or a report is not what it should be, or there is nothing to evaluate
├── ChatModelError    the language model cannot be had or reached, refuses, writes nothing, or takes too long
├── RecordsError      the records of questions and answers cannot be opened, read or written
├── BackupError       a backup cannot be written where it is to be, or the file is none that can be restored here
└── SlackError        Slack cannot be reached, or does not accept the tokens
"""

from __future__ import annotations

from index.errors import FootnoteError


class SettingsError(FootnoteError):
    """A setting, from the environment, the .env file or an option, has a value that makes no sense."""


class QuestionError(FootnoteError):
    """A question, or a line of batch mode, cannot be understood as one."""


class CaseError(FootnoteError):
    """A file of question cases cannot be read, or one of its cases cannot be checked; the message says where."""


class EvaluationError(FootnoteError):
    """A file to evaluate or compare with is missing or not what it should be, or holds nothing to work on."""


class ChatModelError(FootnoteError):
    """The language model cannot be had or reached, refuses, writes nothing, or takes too long."""


class RecordsError(FootnoteError):
    """The records of questions and answers cannot be opened, read or written."""


class BackupError(FootnoteError):
    """A backup cannot be written to its place, or a file is no backup that can be restored here."""


class SlackError(FootnoteError):
    """Slack cannot be reached, or does not accept the tokens."""
