from __future__ import annotations

import pytest

from bot.verifying.denials import denial_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

BOOSTER = "“We will need a booster,” said lead author Grace Mbewe. No serious side effects were found."
PROBE = "The manager said one antenna had failed to open but that the mission would go on."
RECALL = "The recall covers the small Volta. The larger Volta Max is not affected."
SALES = "Sales rose by 3 percent in the third quarter."
CRACKS = "An inspection in May found no cracks in the dam."
BRONZES = "The gallery has refused to give up its bronzes."
FLAT = "Prices were unchanged in September. In August they had risen by 0.4 percent."
TROOPS = "The alliance has no plans to station troops in Valdoria."


@pytest.mark.parametrize(
    ("sentence", "passage", "how"),
    [
        ("Grace Mbewe said a booster would not be necessary.", BOOSTER, "The sentence denies what"),
        ("The mission could not continue.", PROBE, "The sentence denies what"),
        ("Sales did not grow in the third quarter.", SALES, "The sentence denies what"),
        ("The recall extends to the larger Volta Max.", RECALL, "The passages deny this"),
        ("The gallery has agreed to give up its bronzes.", BRONZES, "The passages say the opposite"),
    ],
)
def test_what_is_denied_in_other_words_is_not_borne_out(
    embedder: Embedder, sentence: str, passage: str, how: str
) -> None:
    reason = next(denial_reasons(aligned(embedder, sentence, passage)))
    assert reason.startswith(how)


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Grace Mbewe said a booster would be necessary.", BOOSTER),
        ("The mission will continue.", PROBE),
        ("The antenna did not unfold.", PROBE),
        ("The larger Volta Max is spared.", RECALL),
        ("The larger Volta Max is not part of it.", RECALL),
        ("Sales grew in the third quarter.", SALES),
        ("No cracks were found in the dam.", CRACKS),
        ("The dam was inspected in May.", CRACKS),
        ("The gallery is not giving up its bronzes.", BRONZES),
        ("Prices did not rise in September.", FLAT),
        ("The alliance is not planning to base soldiers in Valdoria.", TROOPS),
        ("Never before had sales risen as much as now.", SALES),
    ],
)
def test_what_is_denied_on_both_sides_or_on_none_is_borne_out(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    assert not list(denial_reasons(aligned(embedder, sentence, passage)))
