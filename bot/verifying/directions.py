"""Whether a sentence has something go where it comes from in the sources: "from Vestrany to Karsova", turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.verifying.alignment import Alignment
from bot.verifying.phrases import ARTICLES
from bot.verifying.reading import Reading

_NAME = r"(?:the )?(?:neighbouring )?(?P<{}>[A-ZÀ-Þ][\w’'-]+)"
_WAY = re.compile(
    r"\bfrom " + _NAME.format("start") + r"(?: [A-ZÀ-Þ][\w’'-]+)* (?:in|on)?to " + _NAME.format("goal")
)
_FROM_OR_TO = re.compile(r"\b(?P<way>from|out of|to|into|towards?) " + _NAME.format("name"))
_PLACES = frozenset((
    "prison", "jail", "hospital", "school", "office", "port", "harbour", "court", "parliament", "power", "work",
    "custody", "market", "exile", "camp", "island", "capital", "city", "town", "village", "country", "north", "south",
    "east", "west", "sea", "coast", "shore", "airport", "station", "border",
))  # fmt: skip
"""Where somebody goes to or comes from."""
_LEAVING = frozenset(("from", "out of"))


def direction_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where the sentence goes where the sources come from, or the other way round, if they say both."""
    for source in alignment.readings:
        for way in _WAY.finditer(source.text):
            if _says_return(alignment, way):
                continue
            for said in _FROM_OR_TO.finditer(alignment.sentence.text):
                if said["name"] == way["goal" if said["way"] in _LEAVING else "start"]:
                    yield f"The passages say “{way[0]}”, not “{said[0]}”."
                    return


def turning_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield what the sentence has somebody go to that the sources have them come from, or the other way round."""
    said = _ways(alignment.sentence)
    told = [way for reading in alignment.readings for way in _ways(reading)]
    for goal, noun in said:
        theirs = {each for each, other in told if other == noun}
        if theirs == {not goal} and (not goal, noun) not in said:
            yield f"The passages say “{_way(not goal)} {noun}”, not “{_way(goal)} {noun}”."


def _way(goal: bool) -> str:
    return "to" if goal else "from"


def _ways(reading: Reading) -> set[tuple[bool, str]]:
    """Return the places that a text has something go to (True) or come from: prison, hospital, port."""
    found = set()
    for word in reading.words:
        if word.plain not in ("to", "into", "from"):
            continue
        behind = reading.words[word.number + 1 : word.number + 3]
        nouns = behind[1:] if behind and behind[0].plain in ARTICLES else behind[:1]
        for noun in nouns:
            if noun.plain in _PLACES:
                found.add((word.plain != "from", noun.plain))
    return found


def _says_return(alignment: Alignment, way: re.Match[str]) -> bool:
    """Tell whether the sources have something go the other way, too."""
    texts = [reading.text for reading in alignment.readings]
    return any(f"from {way['goal']}" in text or f"to {way['start']}" in text for text in texts)
