"""Whether the names of a sentence stand in its sources, and as whole names: not one's first and another's last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.answering.naming import TITLES
from bot.verbs import verbs
from bot.verifying.alignment import Alignment, title_of
from bot.verifying.likeness import same_name
from bot.verifying.reading import Reading, Word
from bot.verifying.relations import are_synonyms
from index.words import STOP_WORDS

CALENDAR = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)
_SMALL = frozenset(
    ("of", "the", "de", "von", "van", "bin", "al", "for", "and", "la", "le", "di", "da", "del")
)


def name_runs(reading: Reading) -> list[list[Word]]:
    """Return the names of a text, each as its words: capitalised, with nothing but a space or a hyphen between them."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in reading.words:
        if not word.named:
            if word.plain not in _SMALL:
                last = None
            continue
        gap = reading.text[last.end : word.start] if last else ""
        if last and last.sentence == word.sentence and re.fullmatch(r"[ \-‐‑]|\. ?", gap):
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return runs


_PREPOSITIONS = frozenset((
    "of", "in", "at", "near", "from", "to", "into", "between", "for", "with", "on", "over", "against", "through", "around",
    "across", "off", "towards", "via", "and", "outside", "inside", "than", "like", "under",
))  # fmt: skip


def acts(reading: Reading, run: Sequence[Word]) -> bool:
    """Tell whether a name may be somebody who does something: not where, whose, or what kind of thing."""
    text, end = reading.text, run[-1].end
    if re.match(r"['’]s?\b|['’](?=\s)|-", text[end:]):
        return False
    before = re.search(r"(\w+) (?:the )?$", text[: run[0].start])
    if before and before[1].casefold() in _PREPOSITIONS:
        return False
    behind = re.match(r" ([a-z][\w-]*)", text[end:])
    return behind is None or len(run) > 1 or behind[1] in _AFTER_A_NAME or behind[1] in verbs().all


_AFTER_A_NAME = STOP_WORDS | frozenset(("that", "which", "who", "on", "in"))


def name_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield why the names of a sentence are not borne out."""
    held = list(alignment.words)
    for source in alignment.sources:
        if source.title or source.publisher:
            held += title_of(source).words
    runs = [run for reading in alignment.readings for run in name_runs(reading)]
    runs += [run for source in alignment.sources for run in name_runs(title_of(source))]
    capitalised = {word.plain for word in held if word.named and not word.opens}
    initials = _initials(runs)
    for run in name_runs(alignment.sentence):
        missing = [
            word
            for word in run
            if word.plain not in CALENDAR
            and alignment.sentence.text[max(0, word.start - 1) : word.start] != "°"
            and not _is_held(word, held, initials)
            and not _is_plain_opening(word, run, capitalised)
        ]
        if missing:
            yield f"No cited passage names {' '.join(word.text for word in run)}."
            continue
        other = _mixed(run, runs)
        if other:
            yield f"The passages name {' '.join(word.text for word in other)}, not {' '.join(word.text for word in run)}."


def _is_plain_opening(word: Word, run: Sequence[Word], capitalised: set[str]) -> bool:
    """Tell whether a word is only capitalised because it opens the sentence; its meaning is checked elsewhere."""
    return word.opens and (len(run) == 1 or word.plain not in capitalised) and not word.text[1:2].isupper()


def _is_held(word: Word, held: Sequence[Word], initials: set[str]) -> bool:
    if word.plain in initials or (
        word.text.isupper() and len(word.text) > 1 and _spelled_out(word.text, held)
    ):
        return True
    for other in held:
        if word.stem == other.stem or are_synonyms(word.plain, other.plain):
            return True
        if (
            other.named
            and len(word.plain) > 2
            and len(other.plain) > 2
            and same_name(word.plain, other.plain)
        ):
            return True
    return False


def _initials(runs: Sequence[Sequence[Word]]) -> set[str]:
    """Return the abbreviations that the names in the sources have: csto."""
    found = set()
    for run in runs:
        telling = [word.plain[0] for word in run if word.plain not in STOP_WORDS]
        found.update("".join(telling[start:]) for start in range(len(telling)) if len(telling) - start > 1)
    return found


def _spelled_out(abbreviation: str, held: Sequence[Word]) -> bool:
    """Tell whether words one after the other, small ones left out, begin with the letters of an abbreviation."""
    letters = abbreviation.casefold()
    initials = "".join(word.plain[0] for word in held if word.plain not in _SMALL)
    return len(letters) > 2 and letters in initials


def _mixed(run: Sequence[Word], runs: Sequence[Sequence[Word]]) -> Sequence[Word] | None:
    """Return the name in whose place a name of the sentence puts together parts of two; None where it does not."""
    telling = [word for word in run if word.stem not in TITLES and word.plain not in CALENDAR]
    for one, other in zip(telling, telling[1:], strict=False):
        if other.start - one.end > 1:
            continue
        with_last = [each for each in runs if _among(other, each)]
        if not with_last or any(_among(one, each) for each in with_last):
            continue
        # Norwegian Ola Berg, of "Ola Berg, Norway's ..."; a first name is left out of "Berg".
        rivals = [each for each in with_last if _differs(one, other, each)]
        if rivals and len(rivals) == len([each for each in with_last if len(each) > 1]):
            return rivals[0]
    return None


def _differs(one: Word, other: Word, run: Sequence[Word]) -> bool:
    place = next(number for number, word in enumerate(run) if _alike(word, other))
    before = [word for word in run[:place] if word.stem not in TITLES]
    return bool(before) and not any(_alike(word, one) for word in before)


def _among(word: Word, run: Sequence[Word]) -> bool:
    return any(_alike(word, other) for other in run)


def _alike(one: Word, other: Word) -> bool:
    return one.stem == other.stem or (
        len(one.plain) > 2 and len(other.plain) > 2 and same_name(one.plain, other.plain)
    )


def published_words(moment: datetime | None) -> set[str]:
    """Return the words that an article's date may be told with."""
    return {f"{moment:%B}".casefold(), f"{moment:%A}".casefold()} if moment else set()
