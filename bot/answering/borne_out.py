"""Near misses: whether what a question names is borne out where its answer would stand.

A question whose who, where or when was swapped for another (NATO for CSTO, 2021 for 2023) finds the passage of the
original, and hardly scores less. What tells it apart is the name itself: a name that stands in a passage matches itself
there (0.8 and more by late interaction), another one in its place far less (0.25 to 0.5); common nouns do not tell so.
"""

from __future__ import annotations

from bot.answering.asked import Asked
from bot.answering.evidence import Evidence
from index.late_interaction import similarities
from index.retrieval import RetrievedPassage
from index.words import stem, words

_SAME = 0.55
"""A name that is written otherwise (US, America) matches at least so well; another one in its place hardly does."""


def missing_names(asked: Asked, evidence: Evidence) -> list[str]:
    """Return the names and figures of the question that the passage of a sentence, and its title, do not bear out.

    Of a name of several words the last one counts: it tells Port Eldin from Port Elden, and Ilsa Marren from Ilsa Holm.
    """
    source = evidence.sentence.source
    held = stems_of(source)
    written = [asked.text[start:end] for start, end in asked.encoded.words.spans.tolist()]
    best = similarities(asked.encoded.words, source.words).max(axis=0) if len(source.words.vectors) else None
    missing = []
    for name in asked.names:
        last = words(name)[-1]
        if stem(last) in held or _initials_in(last, source):
            continue
        places = [place for place, word in enumerate(written) if word == last]
        if best is None or not places or float(best[places].max()) < _SAME:
            missing.append(name)
    return missing


def stems_of(source: RetrievedPassage) -> set[str]:
    """Return the stems of all words of a passage, its title and its publisher.

    Stop words too: May is one, and a name.
    """
    article = source.article
    said = f"{article.title or ''}\n{article.publisher or ''}\n{source.passage.text}"
    return {stem(word) for word in words(said)}


def _initials_in(abbreviation: str, source: RetrievedPassage) -> bool:
    """Tell whether capitalised words in a row, with small ones between, begin with the letters of an abbreviation."""
    if len(abbreviation) < 2 or not abbreviation.isupper():
        return False
    initials = "".join(word[0] for word in words(source.passage.text) if word[0].isupper())
    return abbreviation in initials
