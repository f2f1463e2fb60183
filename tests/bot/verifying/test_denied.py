from __future__ import annotations

import pytest

from bot.verifying.denied import denies
from tests.bot.verifying.telling import clause_of


@pytest.mark.parametrize(
    ("sentence", "verb", "denied"),
    [
        ("Prices did not rise.", "rise", True),
        ("Prices never rose.", "rose", True),
        ("Nobody came.", "came", True),
        ("No cracks were found.", "found", True),
        ("The firm does not intend to appeal.", "appeal", True),
        ("Prices rose.", "rose", False),
        ("The firm intends to appeal.", "appeal", False),
        ("Nobody said that prices rose.", "rose", False),
        ("Nobody did not come.", "come", False),
    ],
)
def test_a_clause_is_denied_by_its_own_words_or_what_governs_it(
    sentence: str, verb: str, denied: bool
) -> None:
    assert denies(*clause_of(sentence, verb)) is denied
