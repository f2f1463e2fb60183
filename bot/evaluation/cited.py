"""The passages that an answer cites, in the shape in which a search finds them: what reads those can read these."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from bot.answers import Citation
from index.articles import Article
from index.late_interaction import ContextWords
from index.passages import Passage, sentence_spans
from index.ranking import ScoreParts
from index.retrieval import RetrievedPassage

WordsOf = Callable[[Article, Passage], ContextWords]
"""Returns a passage's words in context, their spans counted from its beginning."""

_NO_PARTS = ScoreParts(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def no_words(_article: Article, _passage: Passage) -> ContextWords:
    """Return no words, where only the text counts."""
    return ContextWords(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 0), dtype=np.float32))


def cited_passages(
    citations: Iterable[Citation], words: WordsOf = no_words
) -> dict[tuple[str, str], RetrievedPassage]:
    """Return each cited passage once, in order, by the ids of its article and its own; scores are 0."""
    cited = {(each.article.id, each.passage.id): each for each in citations}
    return {
        place: RetrievedPassage(
            each.passage,
            each.article,
            0.0,
            _NO_PARTS,
            sentence_spans(each.passage),
            words(each.article, each.passage),
        )
        for place, each in cited.items()
    }
