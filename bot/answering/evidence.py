"""What speaks for a sentence, and against it: how it, and what stands around it, matches the question.

The strongest evidence is late interaction (`index.late_interaction`): the mean over the question's words of their best
match among the sentence's words. Its parts tell more: the worst matched word, the names, what the passage adds to
the sentence. The features are named in FEATURES; how much each counts is fitted (`bot.answering.model`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.amounts import gives_amount, is_year
from bot.answering.asked import Asked
from bot.answering.borne_out import is_borne
from bot.answering.contrasts import contrasts, said_otherwise, speaks_in_names, unspoken
from bot.answering.kinds import Kind, holds_kind, holds_office
from bot.answering.naming import names_of, other_name, speaking_words
from bot.quoting import SentenceFound
from bot.tables import TableRow, is_head
from index.arrays import Vectors
from index.late_interaction import similarities
from index.retrieval import RetrievedPassage
from index.words import stem, words

FEATURES = (
    "match",  # mean best match of the question's words in the sentence
    "content match",  # the same over content words
    "asking match",  # the same over who, how, many
    "context match",  # the same over all words, in the sentence, those beside it, and the heading
    "passage match",  # the same in the whole passage
    "passage content match",
    "before match",  # the same in the sentence before
    "after match",
    "meaning",  # cosine of the question and the mean of the sentence's words
    "shared",  # rarity-weighted share of the content words that stand in the sentence
    "shared around",  # in the passage or the title
    "worst",  # the worst matched content word
    "second worst",
    "worst in context",
    "worst name",  # the worst matched name or figure, in the sentence
    "worst name in context",
    "worst name in passage",
    "names shared",  # share of the names' words that stand in the sentence
    "names in context",
    "names in passage",
    "worst figure",
    "unborne",  # names and figures of the question that neither the sentence nor those beside it nor the title bear out
    "unborne in passage",
    "replaced",  # of these, those in whose place the sentence has another name or figure
    "another year",  # 1 where the question names a year, and the sentence only others
    "unsaid",  # share of the other content words that are not said there, nor anything much like them
    "words unsaid",  # their number
    "contrasted",  # words of the question in whose place the sentence speaks of another (killed, for wounded)
    "contrasted in context",  # the same, where those beside it and the title do not speak of what is asked either
    "other name",  # names of the question in whose place the sentence has a like one (Port Eldin, for Port Elden)
    "unspoken",  # words of the question that must be spoken of in the passage, and are not
    "office",  # where its holder is asked for: 1 if the sentence or those beside it speak of an office, else -1
    "asked for",  # where a noun is asked for: 1 if the sentence says it, 0.5 if something like it, else -1
    "counted",  # how far a figure stands with what is to be counted: -1 (none) to 1; 0 where nothing is
    "money",  # where a sum is asked for: 1 if there is one, else -1
    "share",  # the same of percentages and the like
    "in order",  # share of neighbouring content words matched by neighbours
    "covered",  # mean best match of the sentence's words in the question
    "news",  # share of the sentence's stems that the question does not have
    "figure",  # 1 where a figure is asked for and a new one is there, -1 where it is missing, else 0
    "time",
    "person",
    "place",
    "reason",
    "length",  # logarithm of the words
    "opens passage",
    "opens article",
    "is question",
    "leans",
    "relevance",  # of the passage to the question, its date aside
    "passage behind",  # passage score less the best one's
    "rank",  # 1 / rank of the passage
    "passage meaning",  # cosine of the question and the passage
    "passage words",  # BM25 of the passage
)
"""The features of a sentence, in the order of a row."""

_KIND_FEATURES = {
    Kind.NUMBER: "figure",
    Kind.TIME: "time",
    Kind.PERSON: "person",
    Kind.PLACE: "place",
    Kind.REASON: "reason",
}
_LEANING = re.compile(
    r"(?:he|she|they|it|this|that|these|those|his|her|their|its|the (?:group|company|figure|number|man|woman|two|agency"
    r"|ministry|report|study|deal|attack|case|move|decision))\b",
    re.I,
)
_LIKE = 0.5
"""What is put in other words (rise, increase) matches at least so well."""
_UNKNOWN = 0.6
"""A match that stands in where the question has no such word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, and its features in the order of FEATURES."""

    sentence: SentenceFound
    features: Vectors

    def __getitem__(self, name: str) -> float:
        return float(self.features[FEATURES.index(name)])


def gather(asked: Asked, sources: Sequence[RetrievedPassage]) -> list[Evidence]:
    """Return the sentences of the passages found, each with what speaks for it."""
    if not sources or not len(asked.encoded.words.vectors):
        return []
    held = [[_stems(source, span) for span in source.sentences] for source in sources]
    rarity = _rarity(asked.stems, [stems for each in held for stems in each])
    found: list[Evidence] = []
    for rank, (source, stems) in enumerate(zip(sources, held, strict=True), 1):
        found += _Passage(asked, source, stems, rarity, rank, sources[0].score).evidence()
    return found


class _Passage:
    """One passage held against the question."""

    def __init__(
        self,
        asked: Asked,
        source: RetrievedPassage,
        stems: Sequence[frozenset[str]],
        rarity: dict[str, float],
        rank: int,
        best_score: float,
    ) -> None:
        self._asked = asked
        self._source = source
        self._stems = stems
        self._rarity = rarity
        self._names = frozenset(stem(word) for name in asked.names for word in words(name))
        self._matches = similarities(asked.encoded.words, source.words)
        self._heading = source.words.spans[:, 0] < 0
        title = frozenset(
            stem(word) for word in words(f"{source.article.title or ''} {source.article.publisher or ''}")
        )
        self._title = title
        self._around = title.union(*stems) if stems else title
        everywhere = np.ones(len(self._matches), dtype=bool)
        whole = self._best(everywhere)
        self._shared_by_all = {
            "passage match": self._mean(whole),
            "passage content match": self._mean(whole, asked.content),
            "shared around": self._share(self._around),
            "worst name in passage": _least(whole[asked.named]),
            "names in passage": self._names_in(self._around),
            "relevance": _relevance(source),
            "unborne in passage": float(
                sum(not self._is_borne(name, self._around, everywhere) for name in asked.ends)
            ),
            "unspoken": float(len(unspoken(asked.words, self._around))),
            "passage behind": source.score - best_score,
            "rank": 1 / rank,
            "passage meaning": source.parts.cosine,
            "passage words": source.parts.bm25 / 20,
            "opens article": float(source.passage.ordinal == 0),
        }

    def evidence(self) -> list[Evidence]:
        """Return the sentences that hold a word the model read."""
        offset = self._source.passage.start
        spans = self._source.words.spans

        def within(start: int, end: int) -> NDArray[np.bool_]:
            return np.asarray((spans[:, 0] >= start - offset) & (spans[:, 1] <= end - offset))

        inside = []
        for start, end in self._source.sentences:
            row = SentenceFound(self._source, start, end).row
            # A row says what its table and its article are about without saying it again.
            inside.append(
                within(start, end) | within(row.start, row.end) | self._heading if row else within(start, end)
            )
        best = [self._best(own) for own in inside]
        text = self._source.article.text
        return [
            Evidence(SentenceFound(self._source, start, end), self._features(place, inside, best))
            for place, (start, end) in enumerate(self._source.sentences)
            if inside[place].any() and not is_head(text, start, end)
        ]

    def _features(self, place: int, inside: list[NDArray[np.bool_]], best: list[Vectors]) -> Vectors:
        asked, own, own_best = self._asked, inside[place], best[place]
        sentence = SentenceFound(self._source, *self._source.sentences[place])
        text = sentence.reading
        stems = self._stems[place]
        before = self._stems[place - 1] if place else frozenset()
        beside = own | self._heading
        for other in (place - 1, place + 1):
            if 0 <= other < len(inside):
                beside = beside | inside[other]
        near = self._best(beside)
        content = np.sort(own_best[asked.sought])
        said = self._title.union(*self._stems[max(0, place - 1) : place + 2])
        vectors = self._source.words.vectors[own]
        mean = vectors.mean(axis=0)
        values = {
            **self._shared_by_all,
            "match": self._mean(own_best),
            "content match": self._mean(own_best, asked.content),
            "asking match": float(own_best[asked.asking].mean()) if asked.asking.any() else 0.3,
            "context match": self._mean(near),
            "before match": self._mean(best[place - 1]) if place else 0.0,
            "after match": self._mean(best[place + 1]) if place + 1 < len(best) else 0.0,
            "meaning": float(mean @ asked.encoded.vector / max(1e-6, float(np.linalg.norm(mean)))),
            "shared": self._share(stems),
            "worst": float(content[0]),
            "second worst": float(content[min(1, len(content) - 1)]),
            "worst in context": float(near[asked.sought].min()),
            "worst name": _least(own_best[asked.named]),
            "worst name in context": _least(near[asked.named]),
            "names shared": self._names_in(stems),
            "names in context": self._names_in(stems | before | self._title),
            "worst figure": _least(own_best[asked.figure]),
            "in order": self._in_order(own),
            **self._borne_out(place, said, own, beside, near),
            **self._contrasts(said, text),
            **gives_amount(asked.amount, sentence.captioned, asked.all_stems),
            **self._in_table(sentence.row, stems),
            "asked for": self._asked_for(stems, own_best),
            "covered": float(self._matches[own][:, asked.content].max(axis=1).mean()),
            "news": len(stems - asked.all_stems) / max(1, len(stems)),
            "length": math.log(int(own.sum())),
            "opens passage": float(place == 0),
            "is question": float(text.endswith("?")),
            "leans": float(bool(_LEANING.match(text))),
        }
        if asked.kind in _KIND_FEATURES:
            values[_KIND_FEATURES[asked.kind]] = (
                1.0 if holds_kind(asked.kind, text, asked.all_stems) else -1.0
            )
        return np.array([values.get(name, 0.0) for name in FEATURES], dtype=np.float32)

    def _borne_out(
        self,
        place: int,
        said: frozenset[str],
        own: NDArray[np.bool_],
        beside: NDArray[np.bool_],
        near: Vectors,
    ) -> dict[str, float]:
        """Return how far what the question names is borne out in a sentence, those beside it, and the title.

        `said` are their stems, `own` and `beside` the words of the former and of all, `near` the best matches in these.
        """
        asked, stems = self._asked, self._stems[place]
        unborne = [name for name in asked.ends if not self._is_borne(name, said, beside)]
        years = {word for word in stems if is_year(word)}
        wanted = {word for word in asked.all_stems if is_year(word)}
        dated = self._source.article.published_at
        # A report of 2024 need not name the year; what it says of 2025 is not about 2024.
        current = {str(dated.year)} if dated and not any(int(year) > dated.year for year in years) else set()
        known = wanted & (self._title | stems | current)
        plain = [
            column
            for column in np.nonzero(asked.sought & ~asked.named)[0].tolist()
            if asked.word_stems[column] not in said
            and not said_otherwise(asked.word_stems[column], said)
            and float(near[column]) < _LIKE
        ]
        return {
            "unborne": float(len(unborne)),
            "replaced": float(sum(self._is_replaced(name, own) for name in unborne)),
            "another year": float(bool(wanted and years) and not known),
            "unsaid": len(plain) / max(1, int((asked.sought & ~asked.named).sum())),
            "words unsaid": float(len(plain)),
        }

    def _asked_for(self, stems: frozenset[str], own_best: Vectors) -> float:
        """Return how far a sentence says the noun that is asked for."""
        noun = self._asked.noun
        if noun is None:
            return 0.0
        if stem(noun) in stems:
            return 1.0
        near = [
            match for word, match in zip(self._asked.word_stems, own_best, strict=True) if word == stem(noun)
        ]
        return 0.5 if said_otherwise(stem(noun), stems) or (near and max(near) >= _LIKE) else -1.0

    def _in_table(self, row: TableRow | None, said: frozenset[str]) -> dict[str, float]:
        """Return what is otherwise in a row, whose reading has the stems `said`: what is counted need not be near."""
        if row is None:
            return {}
        counted = {stem(word) for word in self._asked.amount.counted}
        own = {"another year": 1.0} if row.another_year(self._asked.all_stems) else {}
        return {**own, "counted": 1.0 if counted & (said | self._around) else -1.0} if counted else own

    def _contrasts(self, said: frozenset[str], text: str) -> dict[str, float]:
        """Return how far a sentence, which reads `text`, speaks of something else than is asked about.

        `said` are its stems, and those of the sentences beside it and the title.
        """
        asked = self._asked
        said_alone = speaking_words(text, names_of(text), speaks_in_names)
        found = [stem(contrast.asked) for contrast in contrasts(asked.words, said_alone)]
        spoken = holds_office(said)
        return {
            "contrasted": float(len(found)),
            "contrasted in context": float(
                sum(word not in said and not said_otherwise(word, said) for word in found)
            ),
            "other name": float(sum(other_name(name, text) is not None for name in asked.names)),
            "office": (1.0 if spoken else -1.0) if asked.role else 0.0,
        }

    def _is_borne(self, name: int, stems: frozenset[str], rows: NDArray[np.bool_]) -> bool:
        """Tell whether the last word of a name, which is this word of the question, stands there in any form."""
        start, end = self._asked.encoded.words.spans[name].tolist()
        matches = np.where(rows, self._matches[:, name], np.float32(-1))
        return is_borne(self._asked.text[start:end], stems, matches, self._source)

    def _is_replaced(self, name: int, own: NDArray[np.bool_]) -> bool:
        """Tell whether the word of the sentence that is most like this name is another name or figure."""
        rows = np.nonzero(own)[0]
        nearest = rows[int(self._matches[rows, name].argmax())]
        start, end = (self._source.words.spans[nearest] + self._source.passage.start).tolist()
        word = self._source.article.text[start:end]
        return word[:1].isupper() or word[:1].isdigit()

    def _mean(self, best: Vectors, counts: NDArray[np.bool_] | None = None) -> float:
        """Return the mean of these best matches, over the words that count, weighted by their tokens."""
        weights = self._asked.weights if counts is None else self._asked.weights * counts
        return float(np.average(best, weights=weights))

    def _best(self, rows: NDArray[np.bool_]) -> Vectors:
        """Return, for each word of the question, its best match among these words of the passage."""
        if not rows.any():
            return np.zeros(self._matches.shape[1], dtype=np.float32)
        return np.asarray(self._matches[rows].max(axis=0), dtype=np.float32)

    def _share(self, stems: frozenset[str]) -> float:
        total = sum(self._rarity.values())
        return sum(weight for word, weight in self._rarity.items() if word in stems) / total if total else 0.0

    def _names_in(self, stems: frozenset[str]) -> float:
        return len(self._names & stems) / len(self._names) if self._names else 1.0

    def _in_order(self, own: NDArray[np.bool_]) -> float:
        places = self._matches[own].argmax(axis=0)[self._asked.content]
        if len(places) < 2:
            return 0.0
        steps = np.diff(places)
        return float(((steps > 0) & (steps <= 3)).mean())


def _relevance(source: RetrievedPassage) -> float:
    parts = source.parts
    return 0.36 * parts.dense + 0.24 * parts.lexical + 0.4 * parts.late


def _least(matches: Vectors) -> float:
    return float(matches.min()) if len(matches) else _UNKNOWN


def _stems(source: RetrievedPassage, span: tuple[int, int]) -> frozenset[str]:
    return frozenset(stem(word) for word in words(SentenceFound(source, *span).captioned))


def _rarity(wanted: Sequence[str], sentences: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for held in sentences for word in held.intersection(wanted))
    return {word: math.log(1 + (len(sentences) + 0.5) / (counts[word] + 0.5)) for word in wanted}
