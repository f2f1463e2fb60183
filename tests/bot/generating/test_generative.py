from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answering.extractive import ExtractiveAnswerer
from bot.answers import Answer, Claim
from bot.generating.generative import GenerativeAnswerer
from bot.questions import Exchange, Question
from index.articles import Article
from index.embedding import Embedder
from prompts.loading import load_prompts
from tests.bot.answering.test_extractive import FERRY, FITTED, LIGHT, Shelf
from tests.bot.generating.stand_ins import BROKEN, PlainVerifier, Reply, ScriptedModel
from tests.bot.made import ASKED, article, found

PROMPTS = load_prompts()
TOLL = "What is the ferry toll for a car?"
GOOD = "The toll for a car rose to nine crowns on Monday [1]."
BAD = "The toll for a car rose to 12 crowns on Monday [1]."


class Desk:
    """A generative answerer over some articles, with what it told."""

    def __init__(
        self, embedder: Embedder, *articles: Article, deadline: float = 60, threshold: float | None = None
    ) -> None:
        self._shelf = Shelf(embedder, *map(found, articles))
        self._deadline = deadline
        self._fitted = FITTED if threshold is None else replace(FITTED, threshold=threshold)
        self.verifier = PlainVerifier()
        self.told: list[Claim] = []

    def answer(
        self,
        question: str | Question,
        *replies: Reply,
        told: Callable[[Claim], None] | None = None,
        **settings: bool,
    ) -> Answer:
        self.model = ScriptedModel(*replies)
        self.told = []
        answerer = GenerativeAnswerer(
            ExtractiveAnswerer(self._shelf, passages=8, fitted=self._fitted),
            self.model,
            PROMPTS,
            self.verifier,
            deadline=self._deadline,
            budget=None,
            **settings,
        )
        asked = Question(question, ASKED) if isinstance(question, str) else question
        answer = answerer.answer(asked, told or self.told.append)
        if told is None:
            assert tuple(self.told) == answer.claims
        assert not self.model._replies, "not all that is scripted was asked for"
        return answer


@pytest.fixture
def desk(embedder: Embedder) -> Desk:
    return Desk(embedder, FERRY, LIGHT)


def texts(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def reasons(answer: Answer) -> list[tuple[str, ...]]:
    assert answer.written is not None
    return [each.reasons for each in answer.written.dropped]


def test_a_verified_sentence_is_shown_with_the_article_s_own_words(desk: Desk) -> None:
    answer = desk.answer(TOLL, GOOD)
    assert texts(answer) == ["The toll for a car rose to nine crowns on Monday."]
    [cited] = answer.citations
    assert (cited.number, cited.quote) == (1, "The toll for a car rose to nine crowns on Monday.")
    assert answer.claims[0].notes == ("“on Monday” as of 13 May 2024",)
    assert (answer.model, answer.declined, answer.notice) == ("some:model", False, None)
    assert answer.written is not None
    assert answer.written.text == GOOD
    assert (answer.written.input_tokens, answer.written.output_tokens) == (100, 10)
    assert set(answer.seconds) == {
        *("rewriting", "retrieving", "choosing", "writing", "verifying", "first sentence"),
    }
    assert "Today is 20 May 2024." in desk.model.prompts[0]
    assert '<passage number="1" title="Ferry toll rises"' in desk.model.prompts[0]


ROSE = "The toll for a car rose to nine crowns on Monday."
HOLM = "The captain, Ida Holm, said that the boats were full."
TALL = "The lighthouse of Skarrow stands 38 metres tall."


@pytest.mark.parametrize(
    ("reply", "shown", "numbers"),
    [
        pytest.param(f"{ROSE} [1]", [ROSE], [[1]], id="a marker behind the full stop"),
        pytest.param(f"- **{ROSE[:-1]}** 【1】.", [ROSE], [[1]], id="mark-up"),
        pytest.param(f"Answer: {ROSE} [Passage 1]", [ROSE], [[1]], id="a preamble"),
        pytest.param(f"Here is what I found:\n{ROSE} [1]", [ROSE], [[1]], id="an announcement"),
        pytest.param(f"{ROSE} (Source: [1])", [ROSE], [[1]], id="a marker in brackets"),
        pytest.param(f"According to [1], t{ROSE[1:]}", [ROSE], [[1]], id="named in so many words"),
        pytest.param(f"ELDEN, VESTRANY (TNA) – {ROSE} [1]", [ROSE], [[1]], id="a dateline"),
        pytest.param(f"{ROSE} [1]\nELDEN (TNA) –", [ROSE], [[1]], id="a dateline alone"),
        pytest.param(f"{ROSE} [1][9]", [ROSE], [[1]], id="one marker invented"),
        pytest.param(f"{ROSE} [1][2]", [ROSE], [[1]], id="a passage that says nothing of it"),
        pytest.param(f"{ROSE} [1] {HOLM} [1]", [ROSE, HOLM], [[1], [2]], id="two quotes of one article"),
        pytest.param(f"{ROSE} [1] {TALL} [2]", [ROSE, TALL], [[1], [2]], id="two articles"),
        pytest.param(f"{ROSE} [1] {ROSE} [1]", [ROSE], [[1]], id="said twice"),
        pytest.param(
            f"{ROSE} [1] The toll rose to nine crowns. [1]", [ROSE], [[1]], id="said again in fewer words"
        ),
        pytest.param(f"{ROSE} [1] NO_ANSWER {HOLM} [1]", [ROSE], [[1]], id="gives up"),
        pytest.param(
            "The toll for a car rose to nine crowns [1], and the captain said that the boats were full [1].",
            ["The toll for a car rose to nine crowns, and the captain said that the boats were full."],
            [[1]],
            id="markers within",
        ),
    ],
)
def test_what_is_borne_out_is_shown(
    desk: Desk, reply: str, shown: list[str], numbers: list[list[int]]
) -> None:
    answer = desk.answer(TOLL, reply)
    assert texts(answer) == shown
    assert [[each.number for each in claim.citations] for claim in answer.claims] == numbers
    assert all(each.quote in each.article.text for each in answer.citations)
    assert not reasons(answer)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        pytest.param("The toll for a car rose to 12 crowns [1].", "No passage says 12.", id="not there"),
        pytest.param("The light stands 38 metres tall [1].", "No passage says 38.", id="another passage's"),
        pytest.param(
            "The toll for a car rose to 12 crowns.",
            "It cites no passage, and no single one bears it out.",
            id="no marker",
        ),
        pytest.param("The toll for a car rose [7].", "It cites no passage.", id="an invented marker"),
        pytest.param(
            "The toll rose, see https://evil.example/?q=toll [1].",
            "It holds an address that no cited passage gives.",
            id="an address",
        ),
        pytest.param(
            "The toll rose, says evil.example [1].",
            "It holds an address that no cited passage gives.",
            id="a site",
        ),
        pytest.param(
            f"The toll rose{' and rose' * 60} [1].", "It is longer than 400 characters.", id="too long"
        ),
        pytest.param("How high was the toll on Monday [1]?", "It is a question.", id="a question"),
        pytest.param("The current state of the [1]\n", "It is not finished.", id="nothing said"),
        pytest.param("Nobody rows [1].", "The passages it cites do not say it.", id="no sentence like it"),
    ],
)
def test_what_is_not_borne_out_is_dropped_and_the_reason_kept(desk: Desk, sentence: str, reason: str) -> None:
    cites = "[1]" in sentence
    answer = desk.answer(TOLL, f"{sentence} {GOOD}", *(["NO_ANSWER"] if cites else []))
    assert texts(answer) == [ROSE]
    assert reasons(answer) == [(reason,)]
    assert not cites or reason in desk.model.prompts[1]
    answer = desk.answer(TOLL, sentence, "NO_ANSWER")
    assert answer.declined
    assert answer.reason == "The model wrote nothing that the passages bear out."
    assert [each.article for each in answer.closest] == [FERRY, LIGHT]


@pytest.mark.parametrize("end", ["The", "From", "The captain, Ida Holm, said that the boats were"])
def test_what_the_model_did_not_write_to_its_end_is_not_shown(desk: Desk, end: str) -> None:
    answer = desk.answer(TOLL, f"{GOOD} {end}")
    assert texts(answer) == [ROSE]
    assert reasons(answer) == [("It is not finished.",)]


def test_a_short_answer_needs_no_full_stop_before_its_marker(desk: Desk) -> None:
    assert texts(desk.answer(TOLL, "The toll for a car: nine crowns [1]")) == [
        "The toll for a car: nine crowns"
    ]


def test_markers_that_come_late_are_the_last_sentence_s(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"{ROSE}\n[1]\n{TALL} [1][2] {HOLM} [1]")
    assert texts(answer) == [ROSE, TALL, HOLM]
    assert not reasons(answer)


def test_a_sentence_without_a_marker_cites_the_passage_that_bears_it_out(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"{ROSE} {TALL}")
    assert texts(answer) == [ROSE, TALL]
    assert [each.article.title for each in answer.citations] == ["Ferry toll rises", "The light"]
    assert all(len(sources) == 1 for _, sources, _ in desk.verifier.verified)


def test_a_sentence_may_be_written_again_with_its_marker(desk: Desk) -> None:
    bad = ROSE.replace("nine", "12")
    answer = desk.answer(TOLL, f"{bad} {HOLM} [1] {ROSE} [1]")
    assert texts(answer) == [HOLM, ROSE]


def test_what_leans_on_a_dropped_sentence_is_dropped_with_it(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"The fare was 77 crowns [1]. It rose on Monday [1]. {HOLM} [1]", "NO_ANSWER")
    assert texts(answer) == [HOLM]
    assert reasons(answer) == [("No passage says 77.",), ("It leans on a sentence that was dropped.",)]
    assert desk.verifier.verified[-1] == (HOLM, (FERRY.text,), "")


def test_a_sentence_is_verified_as_what_follows_the_ones_shown(desk: Desk) -> None:
    desk.answer(TOLL, f"{ROSE} [1] {HOLM} [1]")
    assert [before for _, _, before in desk.verifier.verified] == ["", ROSE]


def test_what_failed_is_written_once_more_and_verified_again(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"{BAD} {TALL} [2]", GOOD)
    assert texts(answer) == [TALL, ROSE]
    assert answer.written is not None
    assert [each.text for each in answer.written.repaired] == [BAD.replace(" [1]", "")]
    assert answer.written.dropped == ()
    assert answer.written.text == f"{BAD} {TALL} [2]\n\n{GOOD}"
    assert (answer.written.input_tokens, answer.written.output_tokens) == (200, 20)
    assert f"1. {BAD.replace(' [1].', '. [1]')}\n   Reason: No passage says 12." in desk.model.prompts[1]


def test_only_one_second_try_is_given(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"{BAD} {GOOD}", "The toll rose to 13 crowns [1].")
    assert texts(answer) == [ROSE]
    assert reasons(answer) == [("No passage says 12.",), ("No passage says 13.",)]
    assert answer.written is not None
    assert answer.written.repaired == ()


@pytest.mark.parametrize(
    "again", ["It rose on Monday [1].", "This rose on Monday [1].", "Their rise was on Monday [1]."]
)
def test_a_second_try_cannot_lean_on_what_is_elsewhere_in_the_answer(desk: Desk, again: str) -> None:
    answer = desk.answer(TOLL, f"{BAD} {HOLM} [1]", again)
    assert texts(answer) == [HOLM]
    assert ("It leans on a sentence that was dropped.",) in reasons(answer)


@pytest.mark.parametrize(
    "again", ["The rise of the toll for a car was on Monday.", "The number of crowns for a car rose to nine."]
)
def test_a_second_try_may_open_as_the_passage_goes_on(desk: Desk, again: str) -> None:
    answer = desk.answer(TOLL, f"{BAD} {HOLM} [1]", f"{again} [1]")
    assert texts(answer) == [HOLM, again]


@pytest.mark.parametrize(
    "reply",
    ["NO_ANSWER", "NO_ANSWER.", "**NO_ANSWER**", "No answer is there. NO_ANSWER", "no_answer\n", "NO ANSWER"],
)
def test_a_model_that_finds_no_answer_declines(desk: Desk, reply: str) -> None:
    answer = desk.answer(TOLL, reply)
    assert answer.declined
    assert answer.reason == "The passages found do not answer the question."
    assert (answer.model, answer.claims, len(answer.closest)) == ("some:model", (), 2)
    assert answer.written is not None


def test_an_answer_has_at_most_six_sentences(embedder: Embedder) -> None:
    things = [
        f"The toll for {thing} is {n} crowns."
        for n, thing in enumerate("cars vans pigs cows boats geese sheep".split(), 11)
    ]
    desk = Desk(embedder, article(" ".join(things)))
    answer = desk.answer("How high is the toll?", " ".join(f"{each} [1]" for each in things))
    assert texts(answer) == things[:6]
    assert desk.model.closed == 1


def test_a_model_that_goes_on_and_on_is_not_listened_to(desk: Desk) -> None:
    def babble() -> Iterator[str]:
        yield from ["The captain waits. "] * 100
        pytest.fail("It was listened to all the same.")

    answer = desk.answer(TOLL, babble())
    assert answer.declined
    assert desk.model.closed == 1


def test_a_model_that_goes_round_in_circles_is_not_listened_to(desk: Desk) -> None:
    def circle() -> Iterator[str]:
        yield from [f"{BAD} "] * 5
        pytest.fail("It was listened to all the same.")

    answer = desk.answer(TOLL, circle())
    assert answer.declined
    assert reasons(answer) == [("No passage says 12.",)]


def test_chatter_beside_an_answer_is_not_sent_back(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"Sure, I can help. {GOOD} I hope that this helps!")
    assert texts(answer) == [ROSE]
    assert reasons(answer) == [("It cites no passage, and no single one bears it out.",)] * 2


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the toll in Brannholt?", "Brannholt"),
        ("Zyx qwv plok?", "No article shares the question's words."),
        ("Do you like the ferry between Elden and Skarrow?", "opinion"),
    ],
)
def test_what_is_doubted_is_declined_without_asking_the_model(desk: Desk, question: str, reason: str) -> None:
    answer = desk.answer(question)
    assert answer.declined
    assert reason in (answer.reason or "")
    assert (answer.model, answer.written) == ("extractive", None)


def test_where_nothing_is_in_scope_the_model_is_not_asked(embedder: Embedder) -> None:
    assert Desk(embedder).answer(TOLL).reason == "No article matches the filters, or was published by then."


@pytest.mark.parametrize(("share", "asked"), [(0.9, True), (3.0, True), (8.0, False)])
def test_an_unlikely_answer_is_asked_for_unless_it_is_very_unlikely(
    embedder: Embedder, share: float, *, asked: bool
) -> None:
    confidence = Desk(embedder, FERRY, LIGHT).answer(TOLL, GOOD).confidence
    desk = Desk(embedder, FERRY, LIGHT, threshold=share * confidence)
    answer = desk.answer(TOLL, *([GOOD] if asked else []))
    assert answer.declined is not asked
    if not asked:
        assert answer.reason == "The passages found do not answer the question."


@pytest.mark.parametrize(
    "reply",
    [[BROKEN], ["The toll ", BROKEN], [BAD, BROKEN], []],
    ids=["at once", "midway", "after a bad one", "empty"],
)
def test_a_model_that_fails_is_stood_in_for_by_the_articles_own_sentences(
    desk: Desk, reply: list[str | BaseException]
) -> None:
    answer = desk.answer(TOLL, reply or [BROKEN])
    assert texts(answer) == [ROSE]
    assert answer.model == "extractive"
    assert answer.notice == (
        "The language model did not answer (some:model cannot be reached); these are the articles' own sentences."
    )
    assert answer.written is not None


def test_a_model_that_breaks_off_leaves_what_it_said(desk: Desk) -> None:
    answer = desk.answer(TOLL, [GOOD, " The captain", BROKEN])
    assert texts(answer) == [ROSE]
    assert answer.model == "some:model"
    assert answer.notice == "The language model broke off (some:model cannot be reached); more may be said."


def test_a_second_try_that_fails_leaves_what_was_shown(desk: Desk) -> None:
    answer = desk.answer(TOLL, f"{GOOD} The fare was 77 crowns [1].", [BROKEN])
    assert texts(answer) == [ROSE]
    assert reasons(answer) == [("No passage says 77.",)]
    assert "broke off" in (answer.notice or "")


def test_where_the_model_fails_an_unlikely_answer_is_declined(embedder: Embedder) -> None:
    confidence = Desk(embedder, FERRY, LIGHT).answer(TOLL, GOOD).confidence
    answer = Desk(embedder, FERRY, LIGHT, threshold=2 * confidence).answer(TOLL, [BROKEN])
    assert answer.declined
    assert answer.notice == "The language model did not answer (some:model cannot be reached)."


def test_all_that_is_asked_shares_one_deadline(embedder: Embedder) -> None:
    desk = Desk(embedder, FERRY, LIGHT, deadline=40)
    question = Question(
        "and for a car?", ASKED, history=(Exchange("How high is the ferry toll?", "Nine crowns."),)
    )
    desk.answer(question, "How high is the ferry toll for a car?", f"{BAD} {HOLM} [1]", GOOD)
    rewrite, write, repair = desk.model.slices
    assert 9 < rewrite <= 10
    assert 30 < repair < write <= 40


def test_a_second_try_is_not_begun_when_time_is_nearly_up(embedder: Embedder) -> None:
    desk = Desk(embedder, FERRY, LIGHT, deadline=1.9)
    answer = desk.answer(TOLL, f"{BAD} {HOLM} [1]")
    assert texts(answer) == [HOLM]
    assert reasons(answer) == [("No passage says 12.",)]


def test_a_sentence_is_told_while_the_model_is_still_writing(desk: Desk) -> None:
    shown = threading.Event()

    def writing() -> Iterator[str]:
        yield GOOD
        assert shown.wait(20), "The first sentence was not told before the second was written."
        yield f" {HOLM} [1]"

    def told(claim: Claim) -> None:
        assert claim.text in (ROSE, HOLM)
        shown.set()

    answer = desk.answer(TOLL, writing(), told=told)
    assert texts(answer) == [ROSE, HOLM]
    assert answer.seconds["first sentence"] <= sum(
        seconds for step, seconds in answer.seconds.items() if step != "first sentence"
    )


EARLIER = article(
    "The ministry counted 310 wolves in the Kestrin Hills.",
    id="earlier",
    title="Wolves counted",
    publisher="Hill Gazette",
    published_at=datetime(2023, 3, 2, tzinfo=UTC),
)
LATER = article(
    "The ministry counted 420 wolves in the Kestrin Hills.",
    id="later",
    title="Wolves counted again",
    publisher="Strait Review",
    published_at=datetime(2024, 4, 9, tzinfo=UTC),
)
WOLVES = "How many wolves did the ministry count in the Kestrin Hills?"
NOTES = {"310": "earlier: Hill Gazette, 2 March 2023", "420": "later: Strait Review, 9 April 2024"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(["310"], ["310", "420"], id="only the earlier"),
        pytest.param(["420"], ["420", "310"], id="only the later"),
        pytest.param(["420", "310"], ["420", "310"], id="both"),
    ],
)
def test_a_reader_sees_all_figures_that_articles_give_and_which_is_the_later(
    embedder: Embedder, written: list[str], shown: list[str]
) -> None:
    desk = Desk(embedder, EARLIER, LATER)

    def reply(messages: str) -> str:
        number = {"310": _number_of("Hill Gazette", messages), "420": _number_of("Strait Review", messages)}
        return " ".join(f"{each} wolves were counted by the ministry [{number[each]}]." for each in written)

    answer = desk.answer(WOLVES, reply)
    assert [next(each for each in NOTES if each in claim.text) for claim in answer.claims] == shown
    assert [claim.notes for claim in answer.claims] == [(NOTES[each],) for each in shown]
    assert [each.number for each in answer.citations] == [1, 2]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(
            "She counted 420 wolves of the ministry in the Kestrin Hills.", id="of whom is not said"
        ),
        pytest.param("The ministry counted wolves, and 420 traps in the Kestrin Hills.", id="something else"),
        pytest.param("The ministry counted 420 wolves in the Kestrel Hills.", id="a like name"),
    ],
)
def test_a_figure_of_something_else_is_no_other_version(embedder: Embedder, later: str) -> None:
    desk = Desk(embedder, EARLIER, replace(LATER, text=later))
    answer = desk.answer(
        WOLVES, lambda prompt: f"The ministry counted 310 wolves [{_number_of('Hill Gazette', prompt)}]."
    )
    assert [(claim.text, claim.notes) for claim in answer.claims] == [
        ("The ministry counted 310 wolves.", ())
    ]


def test_one_sentence_may_give_both_figures(embedder: Embedder) -> None:
    answer = Desk(embedder, EARLIER, LATER).answer(
        WOLVES, "The ministry counted 310 wolves in the Kestrin Hills, and later 420 [1][2]."
    )
    assert [claim.notes for claim in answer.claims] == [()]
    assert len(answer.citations) == 2


def test_the_figure_of_another_year_is_no_other_version(embedder: Embedder) -> None:
    def counted(year: int, wolves: int) -> Article:
        text = f"The ministry counted {wolves} wolves in the Kestrin Hills in {year}."
        day = datetime(year, 12, 1, tzinfo=UTC)
        return article(text, id=str(year), title="Wolves", publisher="Hill Gazette", published_at=day)

    desk = Desk(embedder, counted(2022, 310), counted(2023, 420))
    answer = desk.answer(
        WOLVES,
        lambda prompt: f"The ministry counted 420 wolves in 2023 [{_number_of('December 2023', prompt)}].",
    )
    assert [(claim.text, claim.notes) for claim in answer.claims] == [
        ("The ministry counted 420 wolves in 2023.", ())
    ]


def _number_of(publisher: str, prompt: str) -> str:
    line = next(line for line in prompt.splitlines() if publisher in line)
    return line.partition('number="')[2].partition('"')[0]


def test_what_is_true_of_something_else_is_not_shown(embedder: Embedder) -> None:
    text = "The Ambrell dam is 58 metres high. Downstream the Ambrey dam is 31 metres high."
    answer = Desk(embedder, article(text, title="Villages emptied")).answer(
        "How high is the Ambrey dam?",
        "The Ambrell dam is 58 metres high [1]. The Ambrey dam is 31 metres high [1].",
        "NO_ANSWER",
    )
    assert texts(answer) == ["The Ambrey dam is 31 metres high."]
    assert reasons(answer) == [("It does not speak of what was asked.",)]


HISTORY = (Exchange("What is the ferry toll for a car?", "Nine crowns."),)


@pytest.mark.parametrize(
    ("rewrite", "asked"),
    [
        ("Who is the captain of the ferry?", "Who is the captain of the ferry?"),
        ("Who is the captain of the Halcyon Tern?", "who is the captain?"),
        ([BROKEN], "who is the captain?"),
    ],
)
def test_a_follow_up_is_looked_up_as_the_model_rewrites_it_if_it_can_be_trusted(
    desk: Desk, rewrite: Reply, asked: str
) -> None:
    answer = desk.answer(Question("who is the captain?", ASKED, history=HISTORY), rewrite, f"{HOLM} [1]")
    assert texts(answer) == [HOLM]
    assert f"The question: {asked}" in desk.model.prompts[1]
    assert answer.question.text == "who is the captain?"


GERMAN = "Wie hoch ist der Leuchtturm von Skarrow?"


def test_a_question_in_another_language_is_answered_in_that_of_the_passages_and_says_so(desk: Desk) -> None:
    answer = desk.answer(GERMAN, "How tall is the lighthouse of Skarrow?", f"{TALL} [1]")
    assert texts(answer) == [TALL]
    assert answer.notice == "Answered in English: sentences in German cannot be checked here."
    assert "Answer in English" in desk.model.prompts[1]


def test_with_a_verifier_that_reads_it_the_answer_is_in_the_question_s_language(desk: Desk) -> None:
    tall = "Skarrow: 38 metres tall stands der Leuchtturm."
    desk.answer(
        GERMAN,
        "How tall is the lighthouse of Skarrow?",
        f"{tall} [1]",
        "NO_ANSWER",
        reads_other_languages=True,
    )
    assert "Answer in German" in desk.model.prompts[1]


def test_a_question_in_the_language_of_its_articles_is_looked_up_as_it_stands(embedder: Embedder) -> None:
    text = "Der Leuchtturm von Skarrow ist 38 Meter hoch."
    desk = Desk(embedder, article(text, title="Der Leuchtturm von Skarrow", language="de"))
    answer = desk.answer(GERMAN, f"{text} [1]")
    assert texts(answer) == [text]
    assert answer.notice is None


def test_small_talk_is_replied_to_without_looking_anything_up(desk: Desk) -> None:
    answer = desk.answer("Thanks a lot!")
    assert (answer.reply, answer.declined, answer.claims, answer.index) == (
        "You are welcome.",
        False,
        (),
        None,
    )


def test_many_questions_share_one_answerer(embedder: Embedder) -> None:
    model = ScriptedModel(*[GOOD] * 8)
    shelf = Shelf(embedder, found(FERRY), found(LIGHT))
    extractive = ExtractiveAnswerer(shelf, passages=8, fitted=FITTED)
    answerer = GenerativeAnswerer(extractive, model, PROMPTS, PlainVerifier(), deadline=60, budget=None)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: answerer.answer(Question(TOLL, ASKED)), range(8)))
    assert [texts(each) for each in answers] == [[ROSE]] * 8
