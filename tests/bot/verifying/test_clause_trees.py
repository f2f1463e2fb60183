from __future__ import annotations

import pytest

from tests.bot.verifying.telling import clause_of, shown, told

Nouns = list[str]


@pytest.mark.parametrize(
    ("sentence", "verb", "doers", "objects"),
    [
        ("The court fined Halden Foods.", "fined", ["The court"], ["Halden Foods"]),
        ("Halden Foods was fined by the court.", "fined", ["the court"], ["Halden Foods"]),
        ("Halden Foods was fined.", "fined", [], ["Halden Foods"]),
        ("The man arrested by police left.", "arrested", ["police"], ["The man"]),
        ("Ida Holm, who led the inquiry, left.", "led", ["Ida Holm"], ["the inquiry"]),
        ("The goods that police had seized were sold.", "seized", ["police"], ["The goods"]),
        ("The inquiry began and found nothing.", "found", ["The inquiry"], ["nothing"]),
        ("The court told Ida Holm to leave.", "leave", ["Ida Holm"], []),
        ("Ida Holm promised to leave.", "leave", ["Ida Holm"], []),
        ("Prosecutors accused Ida Holm of taking bribes.", "taking", ["Ida Holm"], ["bribes"]),
        ("Ida Holm won by buying votes.", "buying", ["Ida Holm"], ["votes"]),
        ("The firm struck a deal to buy the mine.", "buy", ["The firm"], ["the mine"]),
        ("Two of the pilots left.", "left", ["the pilots"], []),
        ("Norvia and Sorrel signed the treaty.", "signed", ["Norvia", "Sorrel"], ["the treaty"]),
        ("The Liberation Front retook Dalmar from the army.", "retook", ["Liberation Front"], ["Dalmar"]),
        ("The minister, Ida Holm, left.", "left", ["The minister", "Ida Holm"], []),
    ],
)
def test_who_does_what_is_found_wherever_grammar_has_it(
    sentence: str, verb: str, doers: Nouns, objects: Nouns
) -> None:
    reading, _, clause = clause_of(sentence, verb)
    assert (shown(reading, clause.doers), shown(reading, clause.objects)) == (doers, objects)


@pytest.mark.parametrize(
    ("sentence", "verb", "receivers", "complements"),
    [
        ("Norvia gave Sorrel ten ships.", "gave", ["Sorrel"], []),
        ("Norvia gave ten ships to Sorrel.", "gave", [], [("to", "Sorrel")]),
        ("Wheat rose faster than barley.", "rose", [], [("than", "barley")]),
        ("Prices fell, according to Ida Holm.", "fell", [], [("according", "Ida Holm")]),
        ("The bridge was closed for two weeks.", "closed", [], [("for", "two weeks")]),
    ],
)
def test_what_else_takes_a_part_is_told_by_its_preposition(
    sentence: str, verb: str, receivers: Nouns, complements: list[tuple[str, str]]
) -> None:
    reading, _, clause = clause_of(sentence, verb)
    assert shown(reading, clause.receivers) == receivers
    assert [(each, shown(reading, (noun,))[0]) for each, noun in clause.complements] == complements


@pytest.mark.parametrize(
    ("sentence", "verb", "above", "relation"),
    [
        ("Ida Holm said the mine was safe.", "was", "said", "ccomp"),
        ("Ida Holm said the mine was safe.", "said", None, "ROOT"),
        ("Ida Holm did not want to leave.", "leave", "want", "xcomp"),
    ],
)
def test_a_clause_knows_the_one_that_it_depends_on(
    sentence: str, verb: str, above: str | None, relation: str
) -> None:
    reading, found, clause = clause_of(sentence, verb)
    on = found.above(clause)
    assert (reading.words[on.verb].text if on else None, clause.relation) == (above, relation)


def test_a_clause_has_its_own_words_and_not_those_of_the_clauses_below() -> None:
    reading, _, clause = clause_of("Ida Holm said that the mine was not safe.", "was")
    assert [reading.words[each].text for each in sorted(clause.words)] == [
        "that", "the", "mine", "was", "not", "safe",
    ]  # fmt: skip
    assert clause.negated


@pytest.mark.parametrize(
    ("sentence", "noun", "doers", "objects"),
    [
        ("The arrest of Ida Holm by police was announced.", "arrest", ["police"], ["Ida Holm"]),
        ("Rovik's defeat by Sandal was narrow.", "defeat", ["Sandal"], ["Rovik"]),
        ("Rovik reached the final after a win over Sandal.", "win", ["Rovik"], ["Sandal"]),
        ("Ida Holm filed a suit against the firm.", "suit", ["Ida Holm"], ["the firm"]),
        ("The firm received a warning from Ida Holm.", "warning", ["Ida Holm"], ["The firm"]),
        ("The mayor of Torsk left.", "mayor", None, None),
    ],
)
def test_deeds_may_be_told_by_nouns(
    sentence: str, noun: str, doers: Nouns | None, objects: Nouns | None
) -> None:
    reading, found = told(sentence)
    own = [clause for clause in found.nominals if reading.words[clause.verb].text == noun]
    assert [(shown(reading, each.doers), shown(reading, each.objects)) for each in own] == (
        [(doers, objects)] if doers else []
    )
