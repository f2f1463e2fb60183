"""The catalogue: whether it can be read, is whole, and fits together."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.findings import Finding, Mend, fine, problem, warning
from bot.doctor.patient import Patient
from index.catalogue.examining import Misfits
from index.catalogue.reading import CatalogueReader
from index.database_files import integrity_problems
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.locks import lock_holder

_CATALOGUE = "Catalogue"
_SAMPLE = 200


def check_catalogue(patient: Patient) -> Iterator[Finding]:
    """Tell whether there is one that this version reads, and how much it holds."""
    reader = CatalogueReader(patient.home.catalogue)
    try:
        with reader.snapshot() as snapshot:
            articles, passages = snapshot.article_count(None), snapshot.count()
            snapshot.require_articles()
    except (IndexMissingError, IndexMismatchError) as error:
        yield problem(_CATALOGUE, error.message, error.remedy)
    except IndexDamagedError as error:
        yield problem(_CATALOGUE, error.message, _away(patient))
    else:
        yield fine(_CATALOGUE, f"{articles:,} articles in {passages:,} passages.")
    finally:
        reader.close()


def check_integrity(patient: Patient) -> Iterator[Finding]:
    """Tell whether SQLite finds its structure whole, and all that refers to something refers to what is there."""
    if not patient.home.catalogue.is_file():
        return
    problems = integrity_problems(patient.home.catalogue)
    for found in problems:
        yield problem(_CATALOGUE, f"{patient.home.catalogue} is damaged: {found}.", _away(patient))
    if not problems:
        yield fine(_CATALOGUE, "SQLite finds it whole.")


def check_fit(patient: Patient) -> Iterator[Finding]:
    """Tell whether articles, passages, words and vectors fit together."""
    served = patient.served()
    if served is None:
        return
    try:
        with patient.examiner(served) as examiner:
            misfits = examiner.misfits(_SAMPLE)
    except IndexDamagedError as error:
        yield problem(_CATALOGUE, error.message, _away(patient))
        return
    found = _said(misfits)
    for message in found:
        yield problem(_CATALOGUE, message, f"Build the index anew: {_reindex(patient, '--full')}")
    if not found:
        yield fine(_CATALOGUE, "Articles, passages, words and vectors fit together.")


def check_full_text(patient: Patient) -> Iterator[Finding]:
    """Tell whether the full-text table has each passage, and is whole in itself."""
    served = patient.served()
    if served is None:
        return
    with patient.examiner(served) as examiner:
        fault = examiner.full_text_fault()
    if fault is None:
        yield fine(_CATALOGUE, "The full-text table has each passage.")
    else:
        yield problem(
            _CATALOGUE,
            f"The full-text table is damaged: {fault}.",
            "Make it anew from the passages: footnote doctor --fix",
            Mend.REBUILD_FULL_TEXT,
        )


def check_swept(patient: Patient) -> Iterator[Finding]:
    """Tell whether a reindex was killed before it had cleared up."""
    served = patient.served()
    if served is None or lock_holder(patient.home.writer_lock) is not None:
        return
    with patient.examiner(served) as examiner:
        swept = examiner.is_swept()
    if not swept:
        yield warning(
            _CATALOGUE,
            "A reindex or a restore was killed before it had cleared up; what is served is whole.",
            "The next footnote reindex clears up, or: footnote doctor --fix",
            Mend.CLEAR_UP,
        )


def _said(misfits: Misfits) -> list[str]:
    counts = (
        (misfits.textless, "articles have no text"),
        (misfits.miscounted, "articles have another number of passages than they say"),
        (misfits.wordless, "passages have no vectors of their words"),
        (misfits.unvectored, "passages have no vector, or one of another length"),
        (
            misfits.misplaced,
            f"of about {_SAMPLE} passages looked at lie outside of their article, or sentences outside of them",
        ),
        (misfits.uneven, f"of about {_SAMPLE} passages looked at have a vector that is not of length one"),
    )
    return [f"{count:,} {message}." for count, message in counts if count]


def _away(patient: Patient) -> str:
    anew = _reindex(patient, "--full")
    return f"Restore a backup (footnote restore FILE --replace), or build it anew from the articles: {anew}"


def _reindex(patient: Patient, *options: str) -> str:
    return " ".join(["footnote reindex", *options, *([] if patient.settings.articles else ["FOLDER"])])
