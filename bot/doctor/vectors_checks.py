"""Chroma's folder against the catalogue: whether it can be opened, and holds the same vectors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bot.doctor.findings import Finding, Mend, fine, problem
from bot.doctor.patient import Patient
from index.catalogue.examining import CatalogueExaminer
from index.catalogue.records import Served
from index.errors import IndexDamagedError
from index.locks import lock_holder, shared_lock
from index.probing import probe
from index.soundness import Soundness, lock_file
from index.vectors import held_vectors

_VECTORS = "Vectors"
_SAMPLE = 200
_TOLERANCE = 1e-4
"""By which a number of a vector may differ: both are the same float32, of a vector of length one."""
_REMEDY = "Rebuild them from the catalogue: footnote doctor --fix"


def check_vectors(patient: Patient) -> Iterator[Finding]:
    """Tell whether Chroma holds the catalogue's vectors, and no others.

    The folder is opened in another process first, whatever its seal says: opening a damaged one can end the process.
    """
    served = patient.served()
    if served is None:
        return
    with patient.examiner(served) as examiner, shared_lock(lock_file(patient.home.vectors)):
        fault = Soundness(patient.home.vectors).known_fault() or probe(patient.home.vectors)
        if fault is not None:
            yield _damaged(f"The vectors in {patient.home.vectors} are damaged ({fault}).")
        elif lock_holder(patient.home.writer_lock) is not None or not examiner.is_swept():
            yield fine(_VECTORS, "Chroma can be opened; it is not compared, because a reindex is not done.")
        else:
            yield _compared(patient, served, examiner)


def _compared(patient: Patient, served: Served, examiner: CatalogueExaminer) -> Finding:
    keys, (sample, expected) = examiner.keys(), examiner.sample(_SAMPLE)
    try:
        held, vectors = held_vectors(patient.home.vectors, served.index_id, sample)
    except IndexDamagedError as error:
        return _damaged(error.message)
    missing, surplus = len(keys - held), len(held - keys)
    if missing or surplus:
        return _damaged(
            f"Chroma lacks {missing:,} of the catalogue's {len(keys):,} vectors, and holds {surplus:,} others."
        )
    other = [
        key
        for key, vector in zip(sample, expected, strict=True)
        if not np.allclose(vectors[key], vector, atol=_TOLERANCE)
    ]
    if other:
        return _damaged(f"Chroma has other numbers in {len(other):,} of {len(sample):,} vectors looked at.")
    return fine(
        _VECTORS,
        f"Chroma holds the catalogue's {len(keys):,} vectors, and no others; {len(sample):,} were compared.",
    )


def _damaged(message: str) -> Finding:
    return problem(_VECTORS, message, _REMEDY, Mend.REBUILD_VECTORS)
