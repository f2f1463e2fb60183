"""The articles to draft from, as sentences: which of them can be used, and which hold the same words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.evaluation.drafting.tokens import Tokens, tokens_of
from bot.evaluation.drafting.word_classes import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS
from index.sentences import split_sentences
from index.words import STOP_WORDS, stems, words

_FEWEST, _MOST = 6, 40
"""Words of a sentence that is read for questions."""
_BROKEN = re.compile(
    r"""[“”"„«»|@\#*_{}<>=\\•…]|://|www\.|[^\W\d_]/[^\W\d_]|[^\W\d_]:[^\W_]|(?<!\w)['‘’]\w[^'’]*[^\ws]['’](?!\w)""",
    re.VERBOSE,
)
"""Quotation marks, which may be straddled, and signs of what is no running text: credits, links, tables, headings."""
_SMALL = CONJUNCTIONS | PREPOSITIONS | PRONOUNS | (DETERMINERS - {"the"})
_CAPITALS = 0.75
"""The share of longer words with a capital from which on a line is taken for a heading or a list of names."""
_ENGLISH = 0.25
"""The least share of stop words among the words of an English article; in German it is a tenth."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article to draft from: `source` is what a case calls it, `published` its day, None where it is undated."""

    source: str
    text: str
    title: str | None = None
    published: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence: its place in the collection, the number of its article, its text, tokens and content words' stems."""

    place: int
    article: int
    text: str
    tokens: Tokens
    stems: frozenset[str]


def is_english(article: SourceArticle) -> bool:
    """Tell whether an article says that it is English, or says nothing, and looks it."""
    if article.language and not article.language.casefold().startswith("en"):
        return False
    found = words(article.text[:5000])
    common = sum(word.casefold() in STOP_WORDS for word in found)
    return bool(found) and common >= _ENGLISH * len(found)


def is_plain(sentence: SourceSentence) -> bool:
    """Tell whether a sentence is running text of moderate length, without quotation marks: no caption, no heading."""
    text, tokens = sentence.text, sentence.tokens
    found = [token for token in tokens if token.is_word]
    if not (_FEWEST <= len(found) <= _MOST and text.endswith(".")) or _BROKEN.search(text):
        return False
    if any(token.is_capitalised and token.lower in _SMALL and token.text != "I" for token in found[1:]):
        return False
    long = [token for token in found if len(token.text) > 3]
    return sum(token.is_capitalised for token in long) < _CAPITALS * max(len(long), 1)


class Collection:
    """The sentences of articles, found by the stems of their words."""

    def __init__(self, articles: Sequence[SourceArticle]) -> None:
        self.articles = tuple(articles)
        self.sentences = tuple(_sentences(self.articles))
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for sentence in self.sentences:
            for stem in sentence.stems:
                self._holding[stem].append(sentence.place)

    def rarity(self, stem: str) -> float:
        """Return how much a word tells, by how few sentences hold it."""
        return math.log((len(self.sentences) + 1) / (len(self._holding.get(stem, ())) + 0.5))

    def sharing(self, wanted: Iterable[str]) -> Iterator[tuple[SourceSentence, float]]:
        """Give the sentences that hold any of these stems, with the share (0..1) they hold, by how much each tells."""
        weights = {stem: self.rarity(stem) for stem in wanted}
        total = sum(weights.values())
        held: defaultdict[int, float] = defaultdict(float)
        for stem, weight in weights.items():
            for place in self._holding.get(stem, ()):
                held[place] += weight / total
        for place, share in held.items():
            yield self.sentences[place], share

    def holding_all(self, wanted: Iterable[str]) -> list[SourceSentence]:
        """Return the sentences that hold all of these stems."""
        places = [frozenset(self._holding.get(stem, ())) for stem in wanted]
        common = frozenset.intersection(*places) if places else frozenset()
        return [self.sentences[place] for place in sorted(common)]


def _sentences(articles: Sequence[SourceArticle]) -> Iterator[SourceSentence]:
    place = 0
    for number, article in enumerate(articles):
        for found in split_sentences(article.text):
            text = " ".join(article.text[found.start : found.end].split())
            yield SourceSentence(place, number, text, tokens_of(text), frozenset(stems(text)))
            place += 1
