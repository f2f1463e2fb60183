from __future__ import annotations

import gc

import pytest

from index.importing import collector_paused


def test_the_collector_rests_within_and_goes_on_after_whatever_happens() -> None:
    with pytest.raises(ImportError):
        fails_while_it_is_paused()
    assert gc.isenabled()


def fails_while_it_is_paused() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
        raise ImportError


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
