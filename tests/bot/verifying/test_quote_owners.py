from __future__ import annotations

import pytest

from bot.verifying.quote_owners import quote_owner_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

TALKS = (
    '"We have not received a proposal," said the interior minister, Salem Haidar. '
    'The chief negotiator, Yusuf Bakri, said the talks were "a waste of time".'
)


@pytest.mark.parametrize(
    "sentence",
    [
        'Salem Haidar said: "We have not received a proposal."',
        'Haidar, the minister, said they "have not received a proposal".',
        'For Yusuf Bakri the talks were "a waste of time".',
        'The talks were "a waste of time".',
        'The minister said the talks were "a waste of time".',
        'Yusuf Bakri spoke of "a great success".',
    ],
)
def test_words_are_those_of_whoever_said_them(embedder: Embedder, sentence: str) -> None:
    assert list(quote_owner_reasons(aligned(embedder, sentence, TALKS))) == []


@pytest.mark.parametrize(
    ("sentence", "words", "owner"),
    [
        (
            '"We have not received a proposal," said Yusuf Bakri.',
            "We have not received a proposal",
            "the interior minister, Salem Haidar",
        ),
        (
            'Salem Haidar called the talks "a waste of time".',
            "a waste of time",
            "The chief negotiator, Yusuf Bakri",
        ),
    ],
)
def test_words_of_another_are_told(embedder: Embedder, sentence: str, words: str, owner: str) -> None:
    reasons = list(quote_owner_reasons(aligned(embedder, sentence, TALKS)))
    assert reasons == [f"In the passages, “{words}” are the words of {owner}."]
