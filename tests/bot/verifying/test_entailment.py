from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.verifying.entailment import Entailed, EntailmentVerifier
from bot.verifying.sources import Source, Verdict
from index.late_interaction import ContextWords
from index.sentences import split_sentences

NO_WORDS = ContextWords(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float32))
SAYS, CONTRADICTS, NEITHER = Entailed(0.9, 0.04), Entailed(0.03, 0.93), Entailed(0.21, 0.1)
ENGLISH = "The toll of the ferry rose to 19 crowns."
GERMAN = "Die Maut der Fähre ist auf 19 Kronen gestiegen."


def source(text: str, title: str | None = None, published_at: datetime | None = None) -> Source:
    sentences = tuple((each.start, each.end) for each in split_sentences(text))
    return Source(text, sentences, NO_WORDS, title, None, published_at)


class Rules:
    """Rules that have made up their mind."""

    def __init__(self, *reasons: str, support: tuple[int | None, ...] = (0,)) -> None:
        self.verdict = Verdict(not reasons, reasons, support)
        self.asked: list[tuple[str, str]] = []

    def verify(self, sentence: str, sources: Sequence[Source], before: str = "") -> Verdict:
        self.asked.append((sentence, before))
        assert len(sources) <= len(self.verdict.support)
        return self.verdict


class Scores:
    """A cross-encoder that knows what it thinks of each text, and reads `window` characters of it."""

    name = "some/nli"

    def __init__(self, think: Callable[[str], Entailed], window: int = 10_000) -> None:
        self._think = think
        self._window = window
        self.read: list[str] = []

    def weigh(self, texts: Sequence[str], sentence: str) -> list[Entailed]:
        assert sentence
        self.read += texts
        return [self._think(text) for text in texts]

    def fits(self, text: str, sentence: str) -> bool:
        assert sentence
        return len(text) <= self._window


def thinks(**found: Entailed) -> Callable[[str], Entailed]:
    """Think so of texts in which these words are, the first of them that is."""

    def think(text: str) -> Entailed:
        return next((entailed for word, entailed in found.items() if word in text), NEITHER)

    return think


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        (SAYS, ()),
        (Entailed(0.5, 0.49), ()),
        (CONTRADICTS, ("The cross-encoder some/nli finds that the passages contradict this (0.93).",)),
        (
            Entailed(0.499, 0.5),
            ("The cross-encoder some/nli finds that the passages contradict this (0.50).",),
        ),
        (NEITHER, ("The cross-encoder some/nli finds that the passages do not entail this (0.21).",)),
        (
            Entailed(float("nan"), float("nan")),
            ("The cross-encoder some/nli finds that the passages do not entail this (nan).",),
        ),
    ],
)
def test_what_the_rules_pass_has_to_be_entailed_and_not_contradicted(
    found: Entailed, reasons: tuple[str, ...]
) -> None:
    verifier = EntailmentVerifier(Rules(), Scores(thinks(ferry=found)))
    assert verifier.verify(ENGLISH, [source("The ferry.")]) == Verdict(not reasons, reasons, (0,))


def test_what_the_rules_find_wrong_is_not_asked_about() -> None:
    rules, model = Rules("No cited passage gives 18."), Scores(thinks(ferry=SAYS))
    verdict = EntailmentVerifier(rules, model).verify(ENGLISH, [source("The ferry.")], "So.")
    assert verdict == rules.verdict
    assert rules.asked == [(ENGLISH, "So.")]
    assert model.read == []


@pytest.mark.parametrize(
    ("first", "second", "together", "supported"),
    [
        pytest.param(SAYS, NEITHER, NEITHER, True, id="one says it"),
        pytest.param(NEITHER, SAYS, NEITHER, True, id="the other says it"),
        pytest.param(NEITHER, NEITHER, SAYS, True, id="both together say it"),
        pytest.param(NEITHER, NEITHER, NEITHER, False, id="nothing says it"),
        pytest.param(SAYS, CONTRADICTS, SAYS, False, id="one says the contrary"),
        pytest.param(NEITHER, CONTRADICTS, SAYS, False, id="only one says something, and the contrary"),
    ],
)
def test_of_several_passages_one_or_all_have_to_entail_it_and_none_may_contradict(
    first: Entailed, second: Entailed, together: Entailed, supported: bool
) -> None:
    def think(text: str) -> Entailed:
        if "ferry" in text and "toll" in text:
            return together
        return first if "ferry" in text else second

    verifier = EntailmentVerifier(Rules(support=(0, 0)), Scores(think))
    verdict = verifier.verify(ENGLISH, [source("The ferry."), source("The toll.")])
    assert verdict.supported is supported
    assert verdict.support == (0, 0)


def test_passages_are_put_together_best_first_as_long_as_they_fit() -> None:
    model = Scores(thinks(best=Entailed(0.4, 0.0), good=Entailed(0.3, 0.0)), window=30)
    texts = ["Another one here.", "A good one.", "The best one."]
    EntailmentVerifier(Rules(support=(0, 0, 0)), model).verify(ENGLISH, [source(text) for text in texts])
    assert model.read[-1] == "The best one.\nA good one."


def test_a_passage_longer_than_the_window_is_read_in_pieces_under_its_heading() -> None:
    passage = source(
        "ELDEN – Boats sank. Nobody died. The toll rose. The end.", "Ferry", datetime(2024, 5, 13, tzinfo=UTC)
    )
    model = Scores(thinks(toll=SAYS, sank=CONTRADICTS), window=55)
    assert EntailmentVerifier(Rules(), model).verify(ENGLISH, [passage]).supported
    assert model.read == [
        "Ferry. 13 May 2024\nELDEN – Boats sank. Nobody died.",
        "Ferry. 13 May 2024\nThe toll rose. The end.",
    ]


def test_a_sentence_longer_than_the_window_is_handed_over_whole() -> None:
    model = Scores(thinks(toll=SAYS), window=5)
    assert (
        EntailmentVerifier(Rules(), model).verify(ENGLISH, [source("Boats sank. The toll rose.")]).supported
    )
    assert model.read == ["Boats sank.", "The toll rose."]


@pytest.mark.parametrize("sources", [[], [source("")]], ids=["none", "an empty one"])
def test_nothing_to_read_entails_nothing(sources: list[Source]) -> None:
    rules = Rules("It cites no passage.") if not sources else Rules()
    assert not EntailmentVerifier(rules, Scores(thinks())).verify(ENGLISH, sources).supported
    assert not EntailmentVerifier(rules, Scores(thinks())).verify(GERMAN, sources).supported


FOREIGN = "Boote sanken. Die Maut der Fähre stieg auf 19 Kronen."


def test_of_another_language_the_rules_check_only_details_and_the_cross_encoder_the_rest() -> None:
    model = Scores(thinks(Maut=SAYS, Boote=CONTRADICTS))
    verifier = EntailmentVerifier(Rules("Nothing says “gestiegen”.", support=(None,)), model)
    assert verifier.verify(GERMAN, [source(FOREIGN)]) == Verdict(True, (), (1,))
    wrong = verifier.verify(GERMAN.replace("19", "18"), [source(FOREIGN)])
    assert wrong == Verdict(False, ("No cited passage gives 18.",), (None,))


def test_of_another_language_what_the_rules_found_near_is_cited() -> None:
    verifier = EntailmentVerifier(Rules(support=(0,)), Scores(thinks(Maut=SAYS)))
    assert verifier.verify(GERMAN, [source(FOREIGN)]).support == (0,)


def test_of_another_language_what_is_not_entailed_fails() -> None:
    verdict = EntailmentVerifier(Rules(), Scores(thinks(Maut=NEITHER))).verify(GERMAN, [source(FOREIGN)])
    assert verdict.reasons == (
        "The cross-encoder some/nli finds that the passages do not entail this (0.21).",
    )
