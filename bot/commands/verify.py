"""`footnote verify`: whether passages say what a sentence says."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot import wiring
from bot.commands.json_output import run_lines
from bot.errors import QuestionError
from bot.questions import parse_batch_line
from bot.settings import load_settings
from bot.verifying.instructions import without_instructions
from bot.verifying.long_texts import part_about
from bot.verifying.sources import Encoder, SentenceVerifier, Source, Verdict, source_from_text, unread_source
from index.dates import parse_date

_KEPT = 200_000
"""Characters of passages that are kept as they were read, some 50 MB; the same passage often comes again."""

_LONGEST_SENTENCE = 2_000
_READ_OF_ALL, _READ_OF_EACH = 10_000, 1_000
"""Characters that a sentence is held against: of all passages, but so many of each. It costs the square of that."""

_REMEDY = (
    'Write one object a line, like {"id": "1", "sentence": "The toll is 19 crowns.", '
    '"passages": ["The toll rose to 19 crowns."]}'
)


@dataclass(frozen=True, slots=True)
class GivenPassage:
    """A passage as a line of the input gives it: its text, and what it says of its article."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None


def run() -> int:
    """Verify the sentences on standard input; return the exit code."""
    settings = load_settings()
    embedder = wiring.embedding_model(settings)
    verifier, read = wiring.verifier(settings, embedder), PassageReader(embedder)
    return run_lines(partial(_verified, verifier, read), partial(parse_batch_line, remedy=_REMEDY))


class PassageReader:
    """Reads passages, and keeps those that came last as they were read."""

    def __init__(self, encoder: Encoder, kept: int = _KEPT) -> None:
        self._encoder = encoder
        self._most = kept
        self._characters = 0
        self._sources: OrderedDict[GivenPassage, Source] = OrderedDict()

    def __call__(self, given: GivenPassage) -> Source:
        """Return a passage as something to verify against."""
        source = self._sources.pop(given, None)
        if source is None:
            source = source_from_text(
                given.text,
                self._encoder,
                title=given.title,
                publisher=given.publisher,
                published_at=given.published_at,
            )
            self._characters += len(given.text)
        self._sources[given] = source
        while self._characters > self._most:
            oldest, _ = self._sources.popitem(last=False)
            self._characters -= len(oldest.text)
        return source


def _verified(verifier: SentenceVerifier, read: PassageReader, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is found of the sentence that an object holds, as it would be if a language model had written it.

    Raises:
        QuestionError: it holds none, or no passages.
    """
    sentence, given = said.get("sentence"), said.get("passages")
    if not isinstance(sentence, str) or not sentence.strip():
        raise QuestionError("The line holds no sentence.", _REMEDY)
    if not isinstance(given, list):
        raise QuestionError("The line holds no list of passages.", _REMEDY)
    verdict = _verdict(verifier, read, _encodable(sentence), [_passage(each) for each in given])
    return {"id": said.get("id"), "supported": verdict.supported, "reasons": list(verdict.reasons)}


def _verdict(
    verifier: SentenceVerifier, read: PassageReader, sentence: str, passages: Sequence[GivenPassage]
) -> Verdict:
    if len(sentence) > _LONGEST_SENTENCE:
        return Verdict(
            False, (f"It is longer than {_LONGEST_SENTENCE} characters.",), (None,) * len(passages)
        )
    longest = max(_READ_OF_EACH, _READ_OF_ALL // max(1, len(passages)))
    near = [_part_about(given, sentence, longest) for given in passages]
    return verifier.verify(sentence, [without_instructions(read(given), sentence) for given in near])


def _part_about(given: GivenPassage, sentence: str, longest: int) -> GivenPassage:
    """Return what of a long passage bears on a sentence, without what an instruction taints from further above."""
    if len(given.text) <= longest:
        return given
    plain = without_instructions(unread_source(given.text), sentence)
    return replace(given, text=part_about(plain.text, sentence, longest))


def _passage(given: object) -> GivenPassage:
    if isinstance(given, str):
        return GivenPassage(_encodable(given))
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise QuestionError("A passage is neither text nor an object that holds one.", _REMEDY)
    title, publisher = _line(given, "title"), _line(given, "publisher")
    return GivenPassage(_encodable(given["text"]), title, publisher, _moment(_line(given, "published_at")))


def _line(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise QuestionError(f"The {key} of a passage is not text.", _REMEDY)
    return None if value is None else _encodable(value)


def _moment(value: str | None) -> datetime | None:
    if value is None or not value.strip():
        return None
    found = parse_date(value)
    if found is None:
        raise QuestionError(f"{value!r} is not a date.", "Write it like 2026-03-01 or 2026-03-01T12:00:00Z.")
    return found


def _encodable(text: str) -> str:
    # JSON can spell half a character, which is none, and which the embedding model refuses.
    return text.encode("utf-8", "replace").decode("utf-8")
