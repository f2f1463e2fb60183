"""Who does what to whom: whether somebody else has a part in a deed than in the sources, or two have changed parts.

Clauses of the sentence are held against those of its sources, part by part, as semantic roles tell contradictions in
Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008. They are the same deed where the verbs are
the same, or synonyms, and what else takes part in it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.verifying.alignment import Alignment
from bot.verifying.deeds import deeds_for, parts_of, said_of
from bot.verifying.elsewhere import elsewhere
from bot.verifying.excerpts import excerpt, written
from bot.verifying.grammar import BE
from bot.verifying.of_another import of_another
from bot.verifying.swapped import swapped
from bot.verifying.unmentioned import unmentioned

_NO_DEEDS = BE | frozenset(("has", "have", "had", "having", "became", "become", "becomes"))


def doing_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield whoever has another part in a deed than in the sources, or a part that is somebody else's there."""
    for clause in (*alignment.told.clauses, *alignment.told.nominals):
        if alignment.sentence.words[clause.verb].plain in _NO_DEEDS:
            continue
        parts, deeds = parts_of(clause), deeds_for(alignment, clause)
        turned = swapped(alignment, parts, deeds)
        if turned is not None:
            yield f"The passages have it the other way round: {said_of(alignment, turned)}."
            return
        found = of_another(alignment, clause, parts, deeds) or elsewhere(alignment, parts, deeds)
        if found is not None:
            deed, part = found
            somebody = written(alignment.readings[deed.source], deed.parts[part][0].words)
            yield f"The passages say this of “{somebody}”: {said_of(alignment, deed)}."
            return
        another = unmentioned(alignment, clause)
        if another is not None:
            source, own, noun = another
            reading = alignment.readings[source]
            yield f"The passages say this of “{written(reading, noun.words)}”: {excerpt(reading, own.verb)}."
            return
