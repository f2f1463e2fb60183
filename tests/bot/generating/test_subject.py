from __future__ import annotations

import pytest

from bot.answering.asked import read_question
from bot.answers import Citation
from bot.generating.subject import Subject
from bot.quoting import SentenceFound
from index.embedding import Embedder
from tests.bot.made import article, found, read_by

DAMS = article(
    "The Ambrell dam, completed in 1971, is 58 metres high. A crack opened in its spillway on Tuesday."
    " Repairs cost 74 million crowns. The Ambrey dam, 26 kilometres downstream, is 31 metres high."
    " It is not affected.",
    id="dams",
    title="Villages emptied",
)
FRONT = article(
    "General Radko Emmering leads the staff in Dovrin. He counted 1,200 fighters. The League has 4,200 members."
    " It holds seven seats. A spokesman called that a gift. Emmering needs 1,500 soldiers.",
    id="front",
    title="Three counts of an army",
)
SHIPS = article(
    "The Halcyon Tern capsized off Port Elden. Her sister ship, the Halcyon Teal, is back in service.",
    id="ships",
    title="Two ships",
)
BUDGET = article(
    "The state owes 9 billion crowns. Pensions rise in January.", id="budget", title="The budget"
)
ARTICLES = {each.id: each for each in (DAMS, FRONT, SHIPS, BUDGET)}


@pytest.mark.parametrize(
    ("question", "best", "of", "sentence", "missed"),
    [
        ("How high is the Ambrey dam?", "dams", "dams", 0, True),
        ("How high is the Ambrey dam?", "dams", "dams", 3, False),
        ("How high is the Ambrey dam?", "dams", "dams", 4, False),
        ("How high is the Ambrell dam?", "dams", "dams", 0, False),
        ("How high is the Ambrell dam?", "dams", "dams", 3, True),
        ("What do repairs to the Ambrell dam cost?", "dams", "dams", 2, False),
        ("What do repairs to the Ambrell dam cost?", "dams", "budget", 0, True),
        ("What does the state owe?", "budget", "dams", 0, False),
        ("What does the state of Vestrany owe?", "budget", "budget", 0, False),
        ("Who is Radko Emmering?", "front", "front", 0, False),
        ("Who is Radko Emmering?", "front", "front", 1, False),
        ("Who is Radko Emmering?", "front", "front", 3, True),
        ("Who is Radko Emmering, and what does he need?", "front", "front", 3, True),
        ("Who is Radko Emmering, and what does he need?", "front", "front", 5, False),
        ("How many soldiers does Emmering need?", "front", "front", 2, False),
        ("What happened to the Halcyon Tern?", "ships", "ships", 0, False),
        ("What happened to the Halcyon Tern?", "ships", "ships", 1, True),
        ("What happened to the sister of the Halcyon Tern?", "ships", "dams", 1, True),
        ("Which is bigger, the Halcyon Tern or the Halcyon Teal?", "ships", "ships", 1, False),
    ],
)
def test_what_is_said_of_something_else_than_the_question_names_is_no_answer(
    embedder: Embedder, question: str, best: str, of: str, sentence: int, *, missed: bool
) -> None:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    passages = {each: read_by(embedder, found(ARTICLES[each])) for each in dict.fromkeys((best, of))}
    source = passages[of]
    start, end = source.sentences[sentence]
    quoted = SentenceFound(source, start, end).text
    citation = Citation(1, source.article, source.passage, quoted, start, end, None)
    subject = Subject(asked, list(passages.values()))
    assert subject.is_missed(quoted, [citation]) is missed
