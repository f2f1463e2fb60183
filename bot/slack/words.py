"""What the bot says in its own words."""

from __future__ import annotations

import re

_HELP = re.compile(
    r"(?:please\s+)?(?:help|hilfe|hi|hello|hey|how\s+(?:do|can|should)\s+i\s+ask(?:\s+you)?)\W*", re.I
)

HOW_TO_ASK = (
    "Ask me one question in one sentence, with the names and dates that it is about, and I answer with the sentences "
    "of the articles that say so, each with its source. For example: *how many fighters did the alliance estimate in "
    "September 2023?* A follow-up in the same thread may lean on what came before. If the articles do not hold the "
    "answer, I say so."
)
WHICH_QUESTION = (
    "I have not read this thread, and would have to guess what that is about. Ask me the whole question in one "
    "sentence, with the names and dates that it is about."
)
TOO_LATE = "I was not running when you asked this; I am sorry that it took so long. Ask me again if you still need it."
FAILED = "I could not look this up: {reason} Ask me again in a moment, or tell whoever runs me."
RETRACTED = "A source of this answer was withdrawn on {day}, so the answer is no longer shown."
CANNOT_POST = (
    "You asked me something in a channel where I cannot post. Invite me there (/invite), or ask me here."
)
HOW_DO_I_ASK = "How do I ask?"


def asks_nothing(text: str) -> bool:
    """Tell whether a message holds no question: nothing at all, signs alone, a greeting or a call for help."""
    return not any(map(str.isalnum, text)) or _HELP.fullmatch(text.strip()) is not None


def searching(articles: int | None) -> str:
    """Return what is shown while a question is looked up; the number of articles is None where it is not known."""
    if articles is None:
        return "Searching the articles …"
    return f"Searching {articles:,} article{'' if articles == 1 else 's'} …"
