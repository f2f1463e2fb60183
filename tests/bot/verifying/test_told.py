from __future__ import annotations

from collections.abc import Sequence

from bot.verifying.reading import read
from bot.verifying.syntax import SpacyParser, Tree
from bot.verifying.told import Teller


class Counting:
    """A parser that tells which sentences it was given, batch by batch."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []
        self._parser = SpacyParser()

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        self.given.append(list(sentences))
        return self._parser.parse(sentences)


def test_a_text_is_parsed_once_and_several_together() -> None:
    parser = Counting()
    teller = Teller(parser)
    one, other, third = read("Ida left. Olav stayed."), read("The mine closed."), read("It reopened.")
    first = teller.told([one, other])
    assert teller.told([other, third, one])[::2] == first[::-1]
    assert parser.given == [["Ida left.", "Olav stayed.", "The mine closed."], ["It reopened."]]


def test_clauses_are_those_of_all_sentences_of_a_text() -> None:
    reading = read("Ida Holm left. Olav Ranta stayed, and the mine closed.")
    (found,) = Teller(SpacyParser()).told([reading])
    assert [reading.words[clause.verb].text for clause in found.clauses] == ["left", "stayed", "closed"]


def test_a_text_without_sentences_tells_nothing() -> None:
    (found,) = Teller(SpacyParser()).told([read("")])
    assert (found.clauses, found.descriptions) == ((), ())
