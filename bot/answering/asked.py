"""What a question asks for: its words by what they do in it, and the kind of thing that would answer it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.amounts import Amount, amount_asked
from bot.answering.contrasts import speaks_in_names
from bot.answering.head_noun import noun_asked
from bot.answering.kinds import Kind, expected_kind, holds_office
from bot.answering.measures import Measure, measure_asked
from bot.answering.naming import is_named, names_in, openings, speaking_words
from index.arrays import Vectors
from index.embedding import Encoded
from index.sentences import split_sentences
from index.words import STOP_WORDS, stem

_ASKING = frozenset(("who", "what", "when", "where", "which", "why", "how", "many", "much", "whom", "whose"))
_BACKGROUND = 0.4
"""How much a word counts that stands in a sentence before the one that asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. Of several sentences the last one that ends with a question mark asks, or the last.

    The arrays say, of each word that the model read of it (see `Encoded.words`), whether it is a content word, a
    content word of the sentence that asks, a name or figure, a figure, a word that asks (who, how, many); and how
    much it counts. `word_stems` are these words' stems. `ends` are the places of the words that are the last of a name
    or figure: they tell Port Eldin from Port Elden, and Ilsa Marren from Ilsa Holm. `stems` are the content words'
    stems, each once, `all_stems` those of all words.

    Of the sentence that asks, `names` are the names and figures as they are written, `words` its words but those that
    only are part of a longer name, `amount` is what is to be counted or paid, `measure` what is to be measured, `noun`
    is the noun asked for by what or which, `role` tells whether the holder of an office is asked for.
    """

    text: str
    encoded: Encoded
    kind: Kind
    content: NDArray[np.bool_]
    sought: NDArray[np.bool_]
    named: NDArray[np.bool_]
    figure: NDArray[np.bool_]
    asking: NDArray[np.bool_]
    weights: Vectors
    word_stems: tuple[str, ...]
    ends: tuple[int, ...]
    stems: tuple[str, ...]
    all_stems: frozenset[str]
    names: tuple[str, ...]
    words: tuple[str, ...]
    amount: Amount
    measure: Measure | None
    noun: str | None
    role: bool


def read_question(text: str, encoded: Encoded) -> Asked:
    """Return what `text` asks; `encoded` is what the model makes of it."""
    text = text.strip()
    spans = encoded.words.spans.tolist()
    said = [text[start:end] for start, end in spans]
    content = _or_all(np.array([_is_content(word) for word in said], dtype=bool))
    opening = openings(text)
    named = [is_named(word, opens=start in opening) for word, (start, _) in zip(said, spans, strict=True)]
    asks_from, asks_to = _asking_sentence(text)
    asking_sentence = text[asks_from:asks_to]
    asks = np.array([asks_from <= start < asks_to for start, _ in spans], dtype=bool)
    in_question = [word for word, counts in zip(said, asks, strict=True) if counts]
    kind = expected_kind(asking_sentence)
    return Asked(
        text=text,
        encoded=encoded,
        kind=kind,
        content=content,
        sought=content & asks if (content & asks).any() else content,
        named=np.array(named, dtype=bool),
        figure=np.array([word[0].isdigit() for word in said], dtype=bool),
        asking=np.array([word.casefold() in _ASKING for word in said], dtype=bool),
        weights=np.where(asks, 1.0, _BACKGROUND).astype(np.float32) * encoded.tokens,
        word_stems=tuple(stem(word) for word in said),
        ends=_ends(text, spans, named),
        stems=tuple(dict.fromkeys(stem(word) for word, counts in zip(said, content, strict=True) if counts)),
        all_stems=frozenset(stem(word) for word in said),
        names=names_in(asking_sentence),
        words=speaking_words(asking_sentence, names_in(asking_sentence), speaks_in_names),
        amount=amount_asked(asking_sentence),
        measure=measure_asked(asking_sentence),
        noun=noun_asked(asking_sentence),
        role=kind is Kind.PERSON and holds_office(stem(word) for word in in_question),
    )


def _asking_sentence(text: str) -> tuple[int, int]:
    sentences = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    asking = [(start, end) for start, end in sentences if text[:end].rstrip("\"'”’)").endswith("?")]
    return (asking or sentences or [(0, len(text))])[-1]


def _ends(text: str, spans: list[list[int]], named: list[bool]) -> tuple[int, ...]:
    """Return which words are the last of a name: what follows is no name, or a figure, or not a mere space away."""

    def goes_on(place: int) -> bool:
        if place + 1 == len(spans) or not named[place + 1]:
            return False
        end, start = spans[place][1], spans[place + 1][0]
        return text[end:start] == " " and not text[start].isdigit() and not text[spans[place][0]].isdigit()

    return tuple(place for place, counts in enumerate(named) if counts and not goes_on(place))


def _or_all(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return flags if flags.any() else np.ones(len(flags), dtype=bool)


def _is_content(word: str) -> bool:
    return word.casefold() not in STOP_WORDS or (len(word) > 1 and word.isupper())
