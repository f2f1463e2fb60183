from __future__ import annotations

import pytest

from bot.generating.finished import is_finished
from bot.generating.markers import resolved
from bot.generating.plain import plain_text


@pytest.mark.parametrize(
    ("written", "finished"),
    [
        ("The toll rose to nine crowns.", True),
        ("The toll rose to nine crowns. [1]", True),
        ("The toll rose to nine crowns [1].", True),
        ("The captain called it “a gift.”", True),
        ("- 23 fighters [1]", True),
        ("**23 fighters** 【1】", True),
        ("23 fighters (passage 1)", True),
        ("No [1].", True),
        ("Nine crowns.", True),
        ("The Halcyon Tern did", False),
        ("The toll rose [1], and the", False),
        ("The current state of the", False),
        ("The current state of the [1]", False),
        ("The", False),
        ("The [1]", False),
        ("From.", False),
        ("The toll rose to nine crowns (of", False),
    ],
)
def test_a_sentence_is_finished_where_it_has_an_end_and_says_something(
    written: str, *, finished: bool
) -> None:
    cited = resolved(written, 3)
    assert is_finished(plain_text(cited.text), written, is_marked=cited.is_marked) is finished
