"""Whether what a language model writes is about what was asked: true sentences of something else are no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.answering.asked import Asked
from bot.answering.borne_out import missing_names
from bot.answering.naming import misspelt, other_name, same_word
from bot.answering.standing_alone import leans
from bot.answers import Citation
from index.retrieval import RetrievedPassage
from index.words import stem, words

_WHO_IS = re.compile(r"who(?:['’]s| is| was| are| were) (?P<name>[^,;?]+?)\s*(?:[,;?].*)?", re.I | re.S)
_FURTHEST = 4
"""Sentences back to the one that names whom "he" stands for."""


class Subject:
    """The names of a question, held against the passages that a sentence cites.

    Only those names count that the first passage, which is the best, bears out: of others, as of the country that a
    paper comes from, nothing was looked for. A question without such a name may be answered by anything.
    """

    def __init__(self, asked: Asked, passages: Sequence[RetrievedPassage]) -> None:
        self._asked = asked
        self._passages = {each.passage.id: each for each in passages}
        self._missing: dict[str, frozenset[str]] = {}
        names = [name for name in asked.names if not name[0].isdigit()]
        self._names = [name for name in names if name not in self._missing_in(passages[0])] if names else []
        who = _WHO_IS.fullmatch(asked.text.strip())
        self._who = who["name"] if who and who["name"] in self._names else None

    def is_missed(self, text: str, citations: Iterable[Citation]) -> bool:
        """Tell whether a sentence, borne out by what it cites, does not speak of what is asked about."""
        return bool(self._names) and all(self._is_beside(text, citation) for citation in citations)

    def _is_beside(self, text: str, citation: Citation) -> bool:
        source = self._passages[citation.passage.id]
        if self._missing_in(source).issuperset(self._names):
            return True
        if self._who and not _has_last_word(self._who, f"{text} {_around(source, citation)}"):
            return True
        cited = f"{text} {citation.context or ''} {citation.quote}"
        return any(self._speaks_of_another(name, text, cited) for name in self._names)

    def _speaks_of_another(self, name: str, text: str, cited: str) -> bool:
        """Tell whether a sentence speaks of Ambrell, where Ambrey is asked about and not spoken of in what it cites."""
        other = other_name(name, text)
        if not other or {stem(word) for word in words(other)} <= self._asked.all_stems:
            return False
        return not {stem(word) for word in words(name)} <= {stem(word) for word in words(cited)}

    def _missing_in(self, source: RetrievedPassage) -> frozenset[str]:
        key = source.passage.id
        if key not in self._missing:
            self._missing[key] = frozenset(missing_names(self._asked, source, _of_no_article))
        return self._missing[key]


def _around(source: RetrievedPassage, citation: Citation) -> str:
    """Return the sentence that is cited with those beside it, and those before it on which they lean."""
    sentences = source.sentences
    cited = [place for place, (_, end) in enumerate(sentences) if end > citation.start]
    if not cited:
        return citation.quote
    text = source.article.text
    first = max(0, cited[0] - 1)
    last = min(len(sentences) - 1, cited[0] + 1)
    while first > max(0, cited[0] - _FURTHEST) and leans(text[slice(*sentences[first])]):
        first -= 1
    return text[sentences[first][0] : sentences[last][1]]


def _has_last_word(name: str, text: str) -> bool:
    last = words(name)[-1]
    return any(same_word(last, word) or misspelt(last, word) for word in words(text))


def _of_no_article(_root: str) -> float:
    return 0.0
