from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.verifying.syntax import SpacyParser, Tree
from index.errors import ModelError

SENTENCES = [
    "The court fined Halden Foods 3 million euros.",
    "“It’s over,” said Ida Holm, who led the inquiry.",
    "Ñandú",
    "…",
]


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def words(tree: Tree) -> list[str]:
    return [token.plain for token in tree]


def test_a_tree_tells_what_each_word_is_and_what_it_depends_on(parser: SpacyParser) -> None:
    (tree,) = parser.parse(["The court fined Halden Foods."])
    assert [(token.plain, token.tag, token.relation, tree[token.head].plain) for token in tree] == [
        ("the", "DT", "det", "court"),
        ("court", "NN", "nsubj", "fined"),
        ("fined", "VBD", "ROOT", "fined"),
        ("halden", "NNP", "compound", "foods"),
        ("foods", "NNPS", "dobj", "fined"),
        (".", ".", "punct", "fined"),
    ]
    assert [tree[child].plain for child in tree[2].children] == ["court", "foods", "."]


def test_tokens_stand_where_they_begin(parser: SpacyParser) -> None:
    for sentence, tree in zip(SENTENCES, parser.parse(SENTENCES), strict=True):
        assert all(sentence.lower().startswith(token.plain, token.start) for token in tree)


def test_a_sentence_is_read_alike_alone_and_among_others(parser: SpacyParser) -> None:
    together = parser.parse(SENTENCES)
    assert [parser.parse([sentence])[0] for sentence in SENTENCES] == together
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda each: parser.parse([each])[0], SENTENCES * 5)) == together * 5


def test_no_sentence_has_no_tree(parser: SpacyParser) -> None:
    assert parser.parse([]) == []


def test_the_parser_is_loaded_when_it_is_needed() -> None:
    code = "import sys, bot.wiring, bot.verifying.syntax; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_pipeline_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(ModelError, match="en_core_web_none cannot be loaded") as raised:
        SpacyParser("en_core_web_none").parse(["Ida left."])
    assert "pip install" in raised.value.remedy
