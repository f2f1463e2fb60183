"""From what a language model writes to what the reader is shown: sentence by sentence, each verified first."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.claims import figures_in
from bot.answering.standing_alone import leans, reckoning
from bot.answers import Citation, Claim, Dropped
from bot.generating.disagreement import Disagreement
from bot.generating.finished import is_finished
from bot.generating.footnotes import Footnotes, once_each
from bot.generating.markers import resolved
from bot.generating.plain import domains_in, holds_address, plain_text
from bot.generating.same_thing import opens_with_pronoun
from bot.generating.subject import Subject
from bot.verifying.instructions import without_instructions
from bot.verifying.sources import SentenceVerifier, Verdict, source_of
from index.datelines import dateline_end
from index.retrieval import RetrievedPassage
from index.words import stems

MOST_CLAIMS = 6
LONGEST = 400
"""Characters of a sentence that a reader takes in."""
_NEARLY = 0.85
"""The share of a sentence's words that another has too, from which on it says nothing new if its figures are there."""
_MOST_FAILURES = 12
"""A model that has written so many sentences that say what no passage says is not worth reading on."""
_MOST_REPEATED = 3
"""One that has written failed sentences again so many times goes round in circles."""

_SAYS_NO_ANSWER = re.compile(r"\b(?:[Nn][Oo]_[Aa][Nn][Ss][Ww][Ee][Rr]|NO[ -]?ANSWER)\b")

_NO_MARKER = "It cites no passage."
_NOWHERE = "It cites no passage, and no single one bears it out."
_TOO_LONG = f"It is longer than {LONGEST} characters."
_ADDRESS = "It holds an address that no cited passage gives."
_LEANS = "It leans on a sentence that was dropped."
_QUESTION = "It is a question."
_UNFINISHED = "It is not finished."
_BESIDE = "It does not speak of what was asked."
_UNCLEAR = "The passages it cites do not say it."


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence that the model wrote: in plain text, and the numbers of the passages that it cites.

    `is_marked` tells whether it had markers at all, those of no passage included, `is_finished` whether it has an end.
    """

    text: str
    numbers: tuple[int, ...]
    is_marked: bool
    is_finished: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A sentence that is not shown, why, and the numbers of the passages that it cites."""

    dropped: Dropped
    numbers: tuple[int, ...]


class Checker:
    """Takes the sentences of one answer as they are written; `told` is told each claim that comes of one.

    `passages` are what the model was shown, in the order of their numbers.
    """

    def __init__(
        self,
        passages: Sequence[RetrievedPassage],
        verifier: SentenceVerifier,
        disagreement: Disagreement,
        subject: Subject,
        told: Callable[[Claim], None],
    ) -> None:
        self._passages = passages
        self._sources = [source_of(each) for each in passages]
        self._verifier = verifier
        self._disagreement = disagreement
        self._subject = subject
        self._told = told
        self._footnotes = Footnotes()
        self._last: _Read | None = None
        self._last_failed = False
        self._again = False
        self._repeated = 0
        self.claims: list[Claim] = []
        self.failed: list[Failed] = []
        self.seconds = 0.0
        """How long verifying took."""
        self.declined = False
        """Whether the model said that the passages do not hold the answer."""

    @property
    def is_done(self) -> bool:
        """Whether nothing more that the model writes would be shown."""
        gone_astray = len(self.failed) >= _MOST_FAILURES or self._repeated >= _MOST_REPEATED
        return self.declined or len(self.claims) >= MOST_CLAIMS or gone_astray

    def take(self, written: str) -> None:
        """Verify a sentence with its markers, and show it if it is borne out; else note why not.

        Markers alone belong to the sentence before.
        """
        if _SAYS_NO_ANSWER.search(written):
            self.declined = True
            return
        cited = resolved(written, len(self._passages))
        text = _without_dateline(plain_text(cited.text))
        if not any(map(str.isalnum, text)):
            self._take_again(cited.numbers)
        elif text.endswith(":") or self._is_said(text):
            self._last = None
        else:
            finished = is_finished(text, written, is_marked=cited.is_marked)
            read = _Read(text, cited.numbers, cited.is_marked, finished)
            self._check(read, leaning=self._last_failed and self._leans(text))

    def start_again(self) -> list[Failed]:
        """Return the sentences that failed, and forget them: they are going to be written once more."""
        failed, self.failed = self.failed, []
        # What leans on a sentence of the first try would be read with another one before it.
        self._last, self._last_failed, self._again = None, True, True
        return failed

    def complete(self) -> None:
        """Show the other figures that articles give for the same thing, in their own words, where one was shown."""
        for version in self._disagreement.missing(self.claims):
            claim = version.claim
            citations = tuple(map(self._footnotes.numbered, claim.citations))
            self._show(Claim(claim.text, citations, claim.context, claim.notes))

    def _take_again(self, numbers: tuple[int, ...]) -> None:
        """Verify the last sentence once more, with further markers that came only after it."""
        last = self._last
        if last is None or not self._last_failed or not numbers or not self.failed:
            return
        self.failed.pop()
        together = tuple(dict.fromkeys((*last.numbers, *numbers)))
        self._check(_Read(last.text, together, is_marked=True), leaning=False)

    def _leans(self, text: str) -> bool:
        """Tell whether a sentence makes no sense without the one before it.

        One written once more stands by itself: "the ministry" is the one that the passage speaks of.
        """
        return opens_with_pronoun(text) if self._again else leans(text)

    def _check(self, read: _Read, *, leaning: bool) -> None:
        self._last = read
        if any((read.text, read.numbers) == (each.dropped.text, each.numbers) for each in self.failed):
            self._last = None
            self._repeated += 1
            return
        reasons = self._reasons_unread(read, leaning=leaning)
        if not reasons:
            read, verdict = self._attributed(read)
            claim = self._claim(read, verdict)
            beside = claim is not None and self._subject.is_missed(claim.text, claim.citations)
            if verdict.supported and claim is not None and not beside:
                self._last_failed = False
                self.failed = [each for each in self.failed if each.dropped.text != read.text]
                self._show(claim)
                return
            reasons = verdict.reasons or ((_BESIDE,) if beside else (_UNCLEAR,))
        self._last_failed = True
        self.failed.append(Failed(Dropped(read.text, reasons), read.numbers))

    def _reasons_unread(self, read: _Read, *, leaning: bool) -> tuple[str, ...]:
        """Tell what is wrong with a sentence whatever the passages say."""
        if read.text.endswith("?"):
            return (_QUESTION,)
        if not read.is_finished:
            return (_UNFINISHED,)
        if read.is_marked and not read.numbers:
            return (_NO_MARKER,)
        if len(read.text) > LONGEST:
            return (_TOO_LONG,)
        numbers = read.numbers or range(1, len(self._sources) + 1)
        cited = frozenset[str]().union(*(domains_in(self._sources[n - 1].text) for n in numbers))
        if holds_address(read.text) or not domains_in(read.text) <= cited:
            return (_ADDRESS,)
        return (_LEANS,) if leaning else ()

    def _attributed(self, read: _Read) -> tuple[_Read, Verdict]:
        """Verify a sentence; one that a model wrote without markers, as small ones do, against each passage by itself.

        The first that bears it out is what it cites. It is verified no less than others.
        """
        if read.is_marked:
            return read, self._verified(read)
        for number in range(1, len(self._passages) + 1):
            citing = _Read(read.text, (number,), is_marked=False)
            verdict = self._verified(citing)
            if verdict.supported and verdict.support[0] is not None:
                return citing, verdict
        return read, Verdict(False, (_NOWHERE,), ())

    def _verified(self, read: _Read) -> Verdict:
        began = time.monotonic()
        before = "" if self._last_failed else " ".join(claim.text for claim in self.claims)
        sources = [without_instructions(self._sources[number - 1], read.text) for number in read.numbers]
        verdict = self._verifier.verify(read.text, sources, before=before)
        self.seconds += time.monotonic() - began
        return verdict

    def _claim(self, read: _Read, verdict: Verdict) -> Claim | None:
        citations = [
            self._footnotes.quoting(read.text, self._passages[number - 1], sentence)
            for number, sentence in zip(read.numbers, verdict.support, strict=True)
            if verdict.supported and sentence is not None
        ]
        if not citations:
            return None
        notes = (_reckoned(read.text, citations), self._disagreement.note_on(read.text, citations))
        return Claim(read.text, once_each(citations), notes=tuple(note for note in notes if note))

    def _is_said(self, text: str) -> bool:
        return any(_says_again(text, claim.text) for claim in self.claims)

    def _show(self, claim: Claim) -> None:
        self.claims.append(claim)
        self._told(claim)


def _without_dateline(text: str) -> str:
    """Return a sentence without the place and agency that a report opens with, which a model copies with it."""
    return text[dateline_end(text, opens_article=False) :]


def _says_again(text: str, said: str) -> bool:
    words = stems(text)
    return figures_in(text) <= figures_in(said) and len(words & stems(said)) >= _NEARLY * len(words)


def _reckoned(text: str, citations: Sequence[Citation]) -> str | None:
    """Tell what day a relative time in a claim counts from: that of the article that has one too, or of the first."""
    relative = [each for each in citations if reckoning(each.quote, each.article.published_at)]
    return reckoning(text, (relative or citations)[0].article.published_at)
