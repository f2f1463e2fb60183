"""Chroma's folder against the catalogue: whether it can be opened, and holds the same vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bot.doctor.findings import Finding, Mend, fine, problem
from bot.doctor.patient import Patient
from index.arrays import Vectors
from index.locks import lock_holder, shared_lock
from index.probing import Held, look_into
from index.soundness import Soundness, lock_file

_VECTORS = "Vectors"
_SAMPLE = 200
_TOLERANCE = 1e-4
"""By which a number of a vector may differ: Chroma is given what the catalogue keeps."""
_REMEDY = "Rebuild them from the catalogue: footnote doctor --fix"


def check_vectors(patient: Patient) -> Iterator[Finding]:
    """Tell whether Chroma holds the catalogue's vectors, and no others.

    The folder is opened in another process, whatever its seal says: opening a damaged one can end the process.
    """
    served = patient.served()
    if served is None:
        return
    place = patient.home.vectors
    with patient.examiner(served) as examiner, shared_lock(lock_file(place)):
        keys, (sample, expected) = examiner.keys(), examiner.sample(_SAMPLE)
        held = Soundness(place).fault() or look_into(place, served.index_id, sample)
        under_way = lock_holder(patient.home.writer_lock) is not None or not examiner.is_swept()
    if isinstance(held, str):
        yield _damaged(f"The vectors in {place} are damaged: {held}.")
    elif under_way:
        yield fine(_VECTORS, "Chroma can be opened; it is not compared, because a reindex is not done.")
    else:
        yield _compared(keys, dict(zip(sample, expected, strict=True)), held)


def _compared(keys: set[str], sample: Mapping[str, Vectors], held: Held) -> Finding:
    missing, surplus = len(keys - held.keys), len(held.keys - keys)
    if missing or surplus:
        return _damaged(
            f"Chroma lacks {missing:,} of the catalogue's {len(keys):,} vectors, and holds {surplus:,} others."
        )
    other = [
        key for key, vector in sample.items() if not np.allclose(held.vectors[key], vector, atol=_TOLERANCE)
    ]
    if other:
        return _damaged(f"Chroma has other numbers in {len(other):,} of {len(sample):,} vectors looked at.")
    return fine(
        _VECTORS,
        f"Chroma holds the catalogue's {len(keys):,} vectors, and no others; {len(sample):,} were compared.",
    )


def _damaged(message: str) -> Finding:
    return problem(_VECTORS, message, _REMEDY, Mend.REBUILD_VECTORS)
