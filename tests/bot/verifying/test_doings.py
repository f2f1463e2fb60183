from __future__ import annotations

import pytest

from bot.verifying.doings import doing_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

MATCH = "Rovik beat Sandal 3-2 on Sunday."
SALE = "The billionaire Viktor Lanz sold his stake in Morgenpost to the investor Kirsten Juhl on Friday."
SUIT = "Lantern Pictures sued the streaming service Vuzo in a court in Torsk."
CAUGHT = "Two smugglers were arrested near Torsk by the coast guard."
GROWTH = "Wheat prices rose faster than barley prices in May."
SHELLS = "Rebels shelled army posts near Karsk."
ACCUSED = "Ida Holm was arrested after Olav Ranta accused her of fraud."
GOALS = "Joao Mendanha scored twice before Luka Perin pulled one back for the visitors."
CHOSEN = "The bank has chosen Rosalind Achebe as chief executive. She replaces Duncan Fairweather."
COURT = "The court ordered the government to take the yard back. Unions brought the case."
DIPLOMATS = "Norvia expelled three diplomats in June. Sorrel, which expelled two diplomats in May, agreed."
FLED = "A spokesman said two of Ida Holm's associates had fled to Torsk. Holm was arrested in May."
APPROVED = "The drug was approved in Norvia in June, but not in Sorrel."
PRICE = "Chief executive Ida Holm announced the deal. Analyst Pavel Ostrin described the price as generous."
NEREIA = "The asteroid Nereia is 1.2 kilometres across. Its moon was discovered in 2016."


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Rovik defeated Sandal.", MATCH),
        ("Sandal was beaten by Rovik.", MATCH),
        ("Sandal lost to Rovik.", MATCH),
        ("Kirsten Juhl bought the stake from Viktor Lanz.", SALE),
        ("Vuzo was sued by Lantern Pictures.", SUIT),
        ("The streaming service was sued by Lantern Pictures.", SUIT),
        ("The coast guard arrested two smugglers.", CAUGHT),
        ("Wheat prices rose faster than barley prices.", GROWTH),
        ("Army posts near Karsk were shelled by rebels.", SHELLS),
        ("Olav Ranta accused Ida Holm of fraud.", ACCUSED),
        ("Luka Perin pulled one back for the visitors.", GOALS),
        ("Joao Mendanha scored twice.", GOALS),
        ("The bank has chosen Rosalind Achebe to replace Duncan Fairweather.", CHOSEN),
        ("The case was brought by unions.", COURT),
        ("Norvia expelled three diplomats.", DIPLOMATS),
        ("Two diplomats were expelled by Sorrel in May.", DIPLOMATS),
        ("The drug was approved in June.", APPROVED),
        ("Ola Berg left.", SUIT),
    ],
)
def test_a_deed_may_be_told_in_other_words(embedder: Embedder, sentence: str, passage: str) -> None:
    assert not list(doing_reasons(aligned(embedder, sentence, passage)))


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Sandal beat Rovik.", MATCH),
        ("Rovik was beaten by Sandal.", MATCH),
        ("Rovik lost to Sandal.", MATCH),
        ("Kirsten Juhl sold the stake to Viktor Lanz.", SALE),
        ("Vuzo sued Lantern Pictures.", SUIT),
        ("Lantern Pictures was sued by the streaming service Vuzo.", SUIT),
        ("Two smugglers arrested the coast guard.", CAUGHT),
        ("Ola Berg succeeded Ivo Sand.", "Ivo Sand will succeed Ola Berg."),
        ("Barley prices rose faster than wheat prices.", GROWTH),
        ("The army shelled rebel posts near Karsk.", SHELLS),
        ("She had accused Olav Ranta of fraud.", "Olav Ranta accused her of fraud."),
    ],
)
def test_a_deed_that_is_turned_round_is_not_borne_out(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    (reason,) = doing_reasons(aligned(embedder, sentence, passage))
    assert reason == f"The passages have it the other way round: “{passage}”."


@pytest.mark.parametrize(
    ("sentence", "passage", "other"),
    [
        ("Joao Mendanha pulled one back for the visitors.", GOALS, "Luka Perin"),
        ("The bank has chosen Duncan Fairweather as chief executive.", CHOSEN, "Rosalind Achebe"),
        ("The government brought the case.", COURT, "Unions"),
        ("Sorrel expelled three diplomats.", DIPLOMATS, "Norvia"),
        ("Ida Holm had fled to Torsk.", FLED, "Ida Holm's associates"),
        ("Nereia was discovered in 2016.", NEREIA, "Its moon"),
        ("Ida Holm considered the price generous.", PRICE, "Analyst Pavel Ostrin"),
    ],
)
def test_what_one_has_done_is_not_said_of_another_one(
    embedder: Embedder, sentence: str, passage: str, other: str
) -> None:
    (reason,) = doing_reasons(aligned(embedder, sentence, passage))
    assert reason.startswith(f"The passages say this of “{other}”: ")


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("The ship sank near Torsk.", None),
        ("The ship sank near Karsova.", "Torsk"),
        ("The ship sank near the coast.", None),
        ("The ship sank in May.", None),
    ],
)
def test_what_happened_in_one_place_did_not_in_another(
    embedder: Embedder, sentence: str, place: str | None
) -> None:
    passage = "The ship sank near Torsk in June. It had left Karsova on Friday."
    reasons = list(doing_reasons(aligned(embedder, sentence, passage)))
    assert reasons == (
        [f"The passages say this of “{place}”: “The ship sank near Torsk in June.”."] if place else []
    )
