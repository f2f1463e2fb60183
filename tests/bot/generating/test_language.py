from __future__ import annotations

import pytest

from bot.generating.language import language_named, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how many fighters did the alliance count?", "English"),
        ("cod quota?", "English"),
        ("was the ferry late?", "English"),
        ("who leads Les Verts de la Mer?", "English"),
        ("Who is Die Linke's leader in Das Boot?", "English"),
        ("What did Ilsa van der Marren say?", "English"),
        ("Port Elden toll", "English"),
        ("", "English"),
        ("2024?", "English"),
        ("Wie viele Kämpfer hat die Front?", "German"),
        ("Was sagte der Minister zum Zoll?", "German"),
        ("Wer gewann?", "German"),
        ("Combien de combattants ont été comptés ?", "French"),
        ("¿Cuántos muertos hubo en el accidente?", "Spanish"),
        ("Quanti morti ci sono stati?", "Italian"),
        ("Quantos barcos foram contados?", "Portuguese"),
        ("Hoeveel doden zijn er?", "Dutch"),
        ("Hur många fartyg kom?", "Swedish"),
        ("Ilu jest żołnierzy?", "Polish"),
        ("Kaç kişi öldü?", "Turkish"),
        ("Сколько бойцов было?", "Russian"),
        ("Скільки бійців є?", "Ukrainian"),
        ("理事会は何人ですか?", "Japanese"),
        ("理事会有多少人?", "Chinese"),
        ("몇 명입니까?", "Korean"),
        ("كم عدد المقاتلين؟", "Arabic"),
        ("How many people live in 東京?", "English"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "German"), ("de-AT", "German"), ("EN_us", "English"), ("tlh", None), (None, None)],
)
def test_a_code_names_a_language(code: str | None, language: str | None) -> None:
    assert language_named(code) == language
