from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from bot.verifying.other_languages import detail_reasons
from bot.verifying.sources import Source
from index.late_interaction import ContextWords

NO_WORDS = ContextWords(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float32))


def reasons(sentence: str, text: str) -> list[str]:
    moment = datetime(2024, 5, 13, tzinfo=UTC)
    return list(detail_reasons(sentence, [Source(text, (), NO_WORDS, "Ferry", "Harbour Post", moment)]))


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        pytest.param("Es waren 6.500 Kämpfer.", "There were 6,500 fighters.", id="thousands"),
        pytest.param(
            "Il y avait 6 500 combattants.", "There were 6,500 fighters.", id="thousands with a space"
        ),
        pytest.param("Es waren 1.234.567,8 Tonnen.", "It was 1,234,567.8 tonnes.", id="both marks"),
        pytest.param("Die Quote liegt bei 4,75 Prozent.", "The quota is 4.75 percent.", id="decimals"),
        pytest.param("Das war am 13. Mai 2024.", "That was on Monday.", id="the article's day"),
        pytest.param("С тех пор затонуло 12 лодок Вестраны.", "12 лодок, Вестрана.", id="an ending"),
        pytest.param("Selon l'OTSC, le général a parlé.", "L'OTSC et le général.", id="abbreviation"),
        pytest.param(
            "Der Hafen von Elden ist zu.", "The harbour is closed.", id="nouns have capitals in German"
        ),
        pytest.param("Il maire Sólveig Holm ha detto no.", "Mayor Solveig Holm said no.", id="accents"),
        pytest.param(
            "Le maire a dit « le pont est fermé ».", "« Le pont est fermé », dit-il.", id="quotation"
        ),
        pytest.param("会議は12日に開かれた。", "会議は12日に開かれた。", id="Japanese"),
    ],
)
def test_details_are_found_however_they_are_written(sentence: str, text: str) -> None:
    assert reasons(sentence, text) == []


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        pytest.param("Es waren 6.400 Kämpfer.", "There were 6,500 fighters.", "6.400", id="figure"),
        pytest.param("Die Quote liegt bei 4,75 Prozent.", "The quota is 475.", "4,75", id="decimals"),
        pytest.param(
            "Le port d'Eldin est fermé.", "Le port d'Elden est fermé.", "Eldin", id="name spelled alike"
        ),
        pytest.param(
            "Le maire Holmberg a dit non.", "Le maire Holm a dit non.", "Holmberg", id="longer name"
        ),
        pytest.param("Das sagte die NATO.", "Das sagte die OVKS.", "NATO", id="abbreviation"),
        pytest.param("Le maire a dit « oui ».", "Le maire a dit « non ».", "oui", id="quotation"),
        pytest.param("会議は14日に開かれた。", "会議は12日に開かれた。", "14", id="Japanese"),
    ],
)
def test_a_detail_that_is_not_there_is_named(sentence: str, text: str, missing: str) -> None:
    [reason] = reasons(sentence, text)
    assert missing in reason
