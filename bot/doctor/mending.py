"""What `footnote doctor --fix` does: only what loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing

from bot.backup.restoring import STAGING
from bot.doctor.findings import Finding, Mend
from bot.doctor.patient import Patient
from index.catalogue.writing import CatalogueWriter
from index.locks import writer_lock
from index.planning import Progress
from index.repairing import repair, unfinished_rebuild
from index.soundness import Soundness


class Mender:
    """Puts right what findings name."""

    def __init__(self, patient: Patient, progress: Progress) -> None:
        self._patient = patient
        self._progress = progress

    def mend(self, findings: Sequence[Finding]) -> list[str]:
        """Put right what can be, and return what was done, one line each.

        Raises:
            WriterBusyError: another process writes to the index.
            FootnoteError: something cannot be written.
        """
        wanted = sorted({finding.mend for finding in findings if finding.mend is not None})
        return [self._mend(each, findings) for each in wanted]

    def _mend(self, wanted: Mend, findings: Sequence[Finding]) -> str:
        match wanted:
            case Mend.MAKE_HOME:
                return self._make_home()
            case Mend.SWEEP_STAGING:
                return self._sweep_staging()
            case Mend.REBUILD_FULL_TEXT:
                return self._rebuild_full_text()
            case Mend.REBUILD_VECTORS:
                reason = next(each.message for each in findings if each.mend is wanted)
                return self._rebuild_vectors(reason)
            case Mend.CLEAR_UP:
                repair(self._patient.home, self._progress)
                return "Cleared up after a reindex or a restore that was killed."

    def _make_home(self) -> str:
        folder = self._patient.home.folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        return f"Made the folder {folder}."

    def _sweep_staging(self) -> str:
        with writer_lock(self._patient.home.writer_lock):
            Soundness(unfinished_rebuild(self._patient.home.vectors)).discard()
            shutil.rmtree(self._patient.home.folder.absolute() / STAGING, ignore_errors=True)
        return "Deleted what a restore or a rebuild had left that was killed."

    def _rebuild_full_text(self) -> str:
        home = self._patient.home
        with writer_lock(home.writer_lock), closing(CatalogueWriter(home.catalogue)) as catalogue:
            served = catalogue.served()
            if served is not None:
                catalogue.make_full_text_anew(served.index_id)
        return "Made the full-text table anew from the passages."

    def _rebuild_vectors(self, reason: str) -> str:
        # Where Chroma opens and holds something else, nobody but this check knows that it is not sound.
        Soundness(self._patient.home.vectors).note_damage(reason)
        repair(self._patient.home, self._progress)
        return "Rebuilt the vectors from the catalogue."
