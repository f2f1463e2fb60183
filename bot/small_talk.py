"""What is said to the bot, and not asked of the articles: thanks, greetings, who are you.

Only whole messages count, so that "hello kitty sales?" and "who are the Kestrin Front?" stay questions.
"""

from __future__ import annotations

import re

from bot.answers import Answer
from bot.questions import Question


def _any_of(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


_IS = "(?:['’]s| is| was)"
_PAUSE = "[ ,.!]+"
_YOU = _any_of(
    "there", "you", "bot", "footnote", "all", "everyone", "folks", "team", "again", "friend", "mate"
)
_ADDRESSED = rf"(?:[ ,]+{_YOU})*"
_GOOD = _any_of(
    "great", "perfect", "cool", "nice", "wonderful", "awesome", "excellent", "super", "brilliant", "good"
)
_PRAISE = _any_of(
    "ok(?:ay)?",
    "alright",
    "all right",
    _GOOD,
    f"(?:very )?{_any_of('good', 'nice', 'helpful')}",
    f"that{_IS} (?:very )?{_any_of(_GOOD, 'helpful')}",
    "that (?:helps|helped)",
    "got it",
    "i see",
    "understood",
    "well done",
    f"{_any_of('good', 'nice', 'great')} {_any_of('bot', 'one', 'job', 'work', 'answer')}",
)
_THANKS = _any_of(
    "(?:many |a thousand )?thanks",
    "thank (?:you|u)",
    "thx",
    "tysm",
    "cheers",
    "much appreciated",
    "i appreciate (?:it|that)",
    "danke(?: schön| sehr)?",
    "vielen dank",
    "merci(?: beaucoup)?",
    "(?:muchas )?gracias",
    "grazie(?: mille)?",
)
_HELP_GIVEN = _any_of(
    "that", "this", "it", "everything", "help", "answers?", "info(?:rmation)?", "explanation"
)
_THANKED_FOR = (
    rf"(?: (?:so|very) much| a lot| a million| for (?:(?:the|your|all the|that|this) )?{_HELP_GIVEN})*"
)
_HELLO = _any_of(
    "hi+",
    "hello+",
    "hey+",
    "howdy",
    "greetings",
    "good (?:morning|afternoon|evening|day)",
    "hallo",
    "moin",
    "guten (?:tag|morgen|abend)",
    "bonjour",
    "hola",
    "ciao",
)
_GREETED = f"(?:{_HELLO}{_ADDRESSED}{_PAUSE})?"
_HOW_ARE_YOU = _any_of("how are you(?: doing)?(?: today)?", f"how{_IS} it going", f"what{_IS} up")
_WHO_ARE_YOU = _any_of(
    "(?:so |and )?(?:who|what) (?:exactly )?are you(?: exactly)?",
    f"what{_IS} your name",
    "tell me about yourself",
    "introduce yourself",
    "are you (?:an? )?(?:real )?"
    + _any_of("bot", "robot", "ai", "human", "person", "machine", "program", "real"),
    "who (?:made|built|created|wrote) you",
    "(?:wer|was) bist du",
    "qui (?:es-tu|êtes-vous)",
    "quién eres",
)
_WHAT_CAN_YOU_DO = _any_of(
    "what (?:can|do|could) you do(?: for me)?",
    "how (?:do you|does (?:this|it)) work",
    "what (?:can|should|do) i ask(?: you)?",
    "(?:how )?(?:can|could) you help(?: me)?",
    "what are you (?:for|good for|able to do)",
    "(?:please )?help(?: me)?(?: please)?",
    "how (?:do|can|should) i (?:ask|use)(?: you| this)?",
    "what is this",
)
_BYE = _any_of(
    "good ?bye",
    "bye(?:[ -]?bye)?",
    "see you(?: later| soon| tomorrow)?",
    "good night",
    "take care",
    "have a (?:nice|good|great) (?:day|evening|weekend)",
    "auf wiedersehen",
    "tschüss",
)

_WELCOME = (
    "Ask me about the articles that I was given: I name my sources, or say that they do not hold the answer."
)
_REPLIES = (
    (
        f"(?:{_PRAISE}{_PAUSE})*{_THANKS}{_THANKED_FOR}{_ADDRESSED}(?:{_PAUSE}{_PRAISE})*",
        "You are welcome.",
    ),
    (f"{_PRAISE}(?:{_PAUSE}{_PRAISE})*{_ADDRESSED}", "Good. Ask on whenever you like."),
    (f"{_HELLO}{_ADDRESSED}", f"Hello. {_WELCOME}"),
    (f"{_GREETED}{_HOW_ARE_YOU}{_ADDRESSED}", f"I am a program, and running. {_WELCOME}"),
    (
        f"{_GREETED}{_WHO_ARE_YOU}",
        "I am Footnote, a bot. I answer questions from the news articles that I was given, and every sentence that I "
        "show has a footnote to the words that it rests on.",
    ),
    (
        f"{_GREETED}{_WHAT_CAN_YOU_DO}",
        "Ask me one question in one sentence, with the names and dates that it is about. I answer from the articles, "
        "each sentence with its source, or say that they do not hold the answer.",
    ),
    (f"(?:{_THANKS}{_PAUSE})?{_BYE}{_ADDRESSED}", "Goodbye."),
)
_PATTERNS = tuple((re.compile(pattern, re.I), reply) for pattern, reply in _REPLIES)
_LONGEST = 100
"""Characters; small talk is short."""
_AROUND = re.compile(r"^[^\w]+|[^\w]+$")


def fitting_reply(text: str) -> str | None:
    """Return what to say to words that ask nothing of the articles; None where they do."""
    said = _AROUND.sub("", " ".join(text.split()))
    if not said or len(said) > _LONGEST:
        return None
    return next((reply for pattern, reply in _PATTERNS if pattern.fullmatch(said)), None)


def small_talk(question: Question, model: str) -> Answer | None:
    """Return the answer to words that ask nothing of the articles, for which nothing is looked up; else None."""
    reply = fitting_reply(question.text)
    if reply is None:
        return None
    return Answer(
        question=question,
        claims=(),
        declined=False,
        reason=None,
        confidence=0.0,
        closest=(),
        searched=0,
        as_of=None,
        index=None,
        model=model,
        seconds={},
        reply=reply,
    )
