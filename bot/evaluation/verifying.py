"""Verifying: cases put to the verifier, what it says of each, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot import wiring
from bot.evaluation.verification_cases import VerificationCase
from bot.settings import Settings
from bot.verifying.sources import source_from_text

_PASSAGE, _PASSES = "Ida Holm left Torsk on Friday.", "Ida Holm left on Friday."
"""A sentence that passes, so that all that verifies has been loaded."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A case, what the verifier says of it, and the seconds that this took, and encoding its sentence alone."""

    case: VerificationCase
    supported: bool
    verifying: float
    encoding: float

    @property
    def is_right(self) -> bool:
        """Whether the verifier is."""
        return self.supported is self.case.supported


def verify_each(settings: Settings, cases: Sequence[VerificationCase]) -> list[Verified]:
    """Return what the verifier says of each case, as `footnote verify` asks it.

    Each sentence is encoded alone before it is verified, so that both meet the same machine. The models are loaded and
    the passages encoded beforehand: those of an index are, too.
    """
    embedder = wiring.embedding_model(settings)
    verifier = wiring.verifier(settings, embedder)
    texts = dict.fromkeys(text for case in cases for text in case.passages)
    sources = {text: source_from_text(text, embedder) for text in texts}
    verifier.verify(_PASSES, [source_from_text(_PASSAGE, embedder)])
    found = []
    for case in cases:
        began = time.perf_counter()
        embedder.encode_in_context([case.sentence])
        encoded = time.perf_counter()
        verdict = verifier.verify(case.sentence, [sources[text] for text in case.passages])
        verifying = time.perf_counter() - encoded
        found.append(Verified(case, verdict.supported, verifying, encoded - began))
    return found
