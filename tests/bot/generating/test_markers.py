from __future__ import annotations

import pytest

from bot.generating.markers import resolved, without_markers


@pytest.mark.parametrize(
    ("written", "text", "numbers"),
    [
        ("It rose [1].", "It rose .", (1,)),
        ("It rose. [1][3]", "It rose.", (1, 3)),
        ("It rose [3][1][3].", "It rose .", (3, 1)),
        ("It rose [1, 2].", "It rose .", (1, 2)),
        ("It rose [1; 2 and 4].", "It rose .", (1, 2, 4)),
        ("It rose [1-3].", "It rose .", (1, 2, 3)),
        ("It rose [1–2, 4].", "It rose .", (1, 2, 4)),
        ("It rose [ 1 ].", "It rose .", (1,)),
        ("It rose [[1]].", "It rose .", (1,)),
        (r"It rose \[1\].", "It rose .", (1,)),
        ("It rose [^1].", "It rose .", (1,)),
        ("It rose 【1】.", "It rose .", (1,)),
        ("It rose 【1†source】.", "It rose .", (1,)),
        ("It rose ［２］.", "It rose .", (2,)),
        ("It rose [Passage 1].", "It rose .", (1,)),
        ("It rose [passages 1 and 2].", "It rose .", (1, 2)),
        ("It rose [passage 1, passage 3].", "It rose .", (1, 3)),
        ("It rose [Source: 1]", "It rose [Source: 1]", ()),
        ("It rose (passage 2).", "It rose .", (2,)),
        ("It rose (see passages 2, 3).", "It rose .", (2, 3)),
        ("It rose (1).", "It rose .", (1,)),
        ("It rose (1, 2).", "It rose .", (1, 2)),
        ("It (1) rose.", "It (1) rose.", ()),
        ("Holm (61).", "Holm (61).", ()),
        ("It rose [1](https://evil.example/x).", "It rose .", (1,)),
        ("It rose [9].", "It rose .", ()),
        ("It rose [0].", "It rose .", ()),
        ("It rose [1][99].", "It rose .", (1,)),
        ("It rose [1-999999999999].", "It rose .", (1,)),
        (f"It rose [{'9' * 5000}].", "It rose .", ()),
        ("According to passage 2, it rose.", "It rose.", (2,)),
        ("According to the passages 1 and 3, it rose [2].", "It rose .", (2, 1, 3)),
        ("According to [1][2], it rose.", "It rose.", (1, 2)),
        ("[3] reports that it rose.", "It rose.", (3,)),
        ("It rose, according to [1].", "It rose .", (1,)),
        ("It rose as stated in [1].", "It rose .", (1,)),
        ("It rose according to Holm [1].", "It rose according to Holm .", (1,)),
        ("Passage 2 says that it rose.", "It rose.", (2,)),
        ("In the passage, it rose.", "In the passage, it rose.", ()),
        ("It rose [sic].", "It rose [sic].", ()),
        ("It rose.", "It rose.", ()),
    ],
)
def test_markers_are_taken_out_and_what_was_not_shown_is_not_cited(
    written: str, text: str, numbers: tuple[int, ...]
) -> None:
    cited = resolved(written, 4)
    assert (cited.text, cited.numbers) == (text, numbers)


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("It rose [3].", "It rose {3}."),
        ("It rose 【3】 and [passage 1].", "It rose {3} and {passage 1}."),
        ("It rose [sic] (3).", "It rose [sic] (3)."),
    ],
)
def test_what_reads_like_a_marker_in_a_passage_is_none(text: str, harmless: str) -> None:
    assert without_markers(text) == harmless
    assert resolved(without_markers(text) + " So.", 4).numbers == ()
