from __future__ import annotations

import pytest

from bot.small_talk import fitting_reply


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("thanks", "You are welcome"),
        ("Thank you so much!", "You are welcome"),
        ("ok, thanks for your help :)", "You are welcome"),
        ("Great, thank you! 👍", "You are welcome"),
        ("thanks a lot for the answer, perfect", "You are welcome"),
        ("Danke schön!", "You are welcome"),
        ("ok", "Good."),
        ("That was very helpful.", "Good."),
        ("good bot", "Good."),
        ("hi", "Hello."),
        ("Hello there!", "Hello."),
        ("good morning, everyone", "Hello."),
        ("Hey, how are you?", "I am a program"),
        ("what's up", "I am a program"),
        ("Who are you?", "I am Footnote"),
        ("hi, who are you exactly?", "I am Footnote"),
        ("what's your name?", "I am Footnote"),
        ("are you a real person?", "I am Footnote"),
        ("Wer bist du?", "I am Footnote"),
        ("what can you do?", "Ask me one question"),
        ("Help!", "Ask me one question"),
        ("hello, how does this work", "Ask me one question"),
        ("bye", "Goodbye"),
        ("thanks, see you tomorrow!", "Goodbye"),
    ],
)
def test_what_asks_nothing_gets_a_fitting_reply(said: str, begins: str) -> None:
    assert (fitting_reply(said) or "").startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        "who are the Kestrin Front?",
        "who are you, Kestrin Front?",
        "Thanks to whom did the ferry sail?",
        "thanks! and in 2021?",
        "hello kitty sales?",
        "hi, how many people were aboard the ferry?",
        "What is the good morning programme?",
        "how are you allowed to fish for cod?",
        "what can you do in Port Elden?",
        "who made the bell?",
        "help for farmers?",
        "how does the ferry toll work?",
        "Goodbye Skarrow: who sang it?",
        "is the mayor a real person?",
        "great Tern: how long?",
        "Who said thanks?",
        "cod quota?",
        "理事会?",
        "",
        "?!",
        "thanks " * 40,
    ],
)
def test_a_question_is_never_taken_for_small_talk(asked: str) -> None:
    assert fitting_reply(asked) is None
