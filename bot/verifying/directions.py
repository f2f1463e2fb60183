"""Whether a sentence has something go where it comes from in the sources: "from Vestrany to Karsova", turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.verifying.alignment import Alignment

_NAME = r"(?:the )?(?:neighbouring )?(?P<{}>[A-ZÀ-Þ][\w’'-]+)"
_WAY = re.compile(
    r"\bfrom " + _NAME.format("start") + r"(?: [A-ZÀ-Þ][\w’'-]+)* (?:in|on)?to " + _NAME.format("goal")
)
_FROM_OR_TO = re.compile(r"\b(?P<way>from|out of|to|into|towards?) " + _NAME.format("name"))
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


def _says_return(alignment: Alignment, way: re.Match[str]) -> bool:
    """Tell whether the sources have something go the other way, too."""
    texts = [reading.text for reading in alignment.readings]
    return any(f"from {way['goal']}" in text or f"to {way['start']}" in text for text in texts)
