from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Timer

import pytest

from index.articles import Article
from index.batches import Cut, running
from index.embedding import Embedder, Encoded
from index.late_interaction import unpack
from index.passages import PassageSplitter, embedded_text, sentence_spans
from tests.index.embedders import MadeUp

SENTENCES = [f"Ferry {number} carried {number * 7} cars to Port Elden." for number in range(200)]


class Counted:
    """Progress that adds up what it is told."""

    def __init__(self) -> None:
        self.articles = 0.0
        self.passages: list[int] = []

    def begin(self, stage: str, total: int) -> None:
        raise AssertionError(f"a batch is no stage: {stage}, {total}")

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        self.articles += steps
        self.passages.append(passages)


class Failing(MadeUp):
    """Fails at one text."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        if any(self._at in text for text in texts):
            raise MemoryError(self._at)
        return super().encode_in_context(texts)


def cut(embedder: Embedder, *texts: str, size: int = 60) -> list[Cut]:
    splitter = PassageSplitter(embedder.count_tokens, embedder.window, size)
    articles = [
        Article(f"a{number}", "Ferries", None, "The Gazette", (), None, None, None, text, f"{number}.md")
        for number, text in enumerate(texts)
    ]
    return [
        Cut(article, "", splitter.split_article(article), splitter.heading_of(article))
        for article in articles
    ]


def test_passages_come_in_their_order_whatever_their_length(embedder: Embedder) -> None:
    batch = cut(embedder, "Short. " + " ".join(SENTENCES[:20]), "No.", " ".join(SENTENCES[20:40]))
    with running(embedder) as batches:
        found = batches.start(batch).result(Counted())
    passages = [passage for each in batch for passage in each.passages]
    assert [each.passage for each in found] == passages
    assert [each.sentences for each in found] == [sentence_spans(passage) for passage in passages]


def test_what_is_embedded_is_the_passage_under_its_heading(embedder: Embedder) -> None:
    batch = cut(embedder, " ".join(SENTENCES[:6]))
    with running(embedder) as batches:
        found = batches.start(batch).result(Counted())
    for each in found:
        [alone] = embedder.encode_in_context([embedded_text(batch[0].heading, each.passage.text)])
        assert each.vector @ alone.vector > 0.999
        words = unpack(each.words, embedder.dimension)
        inside = words.spans[words.spans[:, 0] >= 0]
        assert "Ferry" in [each.passage.text[begin:end] for begin, end in inside]
        # The heading's words stand before the passage.
        assert len(words.spans) - len(inside) == len(["Ferries", "The", "Gazette"])


def test_progress_adds_up_to_the_batch(embedder: Embedder) -> None:
    batch = cut(embedder, " ".join(SENTENCES[:50]), "No.", "Yes.")
    progress = Counted()
    with running(MadeUp()) as batches:
        count = len(batches.start(batch).result(progress))
    assert progress.articles == pytest.approx(3)
    assert sum(progress.passages) == count
    assert len(progress.passages) > 1


def test_a_batch_of_articles_without_passages_is_empty() -> None:
    with running(MadeUp()) as batches:
        assert batches.start([]).result(Counted()) == []


def test_what_fails_in_a_thread_is_raised_where_the_batch_is_waited_for() -> None:
    failing = Failing("Ferry 7 ")
    with pytest.raises(MemoryError, match="Ferry 7"), running(failing) as batches:
        batches.start(cut(failing, " ".join(SENTENCES))).result(Counted())


def test_what_was_begun_is_dropped_when_nobody_wants_it_any_more() -> None:
    at_the_gate, gate = Event(), Event()

    class Held(MadeUp):
        given = 0

        def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
            self.given += len(texts)
            at_the_gate.set()
            gate.wait(10)
            return super().encode_in_context(texts)

    held = Held()
    batch = cut(held, " ".join(SENTENCES))

    def interrupted() -> None:
        with running(held) as batches:
            batches.start(batch)
            at_the_gate.wait(10)
            Timer(0.2, gate.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert 0 < held.given < len(batch[0].passages)
