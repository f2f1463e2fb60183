from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import FootnoteError, WriterBusyError
from index.locks import writer_lock

HOLD = """
import sys, time
from pathlib import Path
from index.locks import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_held_by_one_process_and_ends_with_it_however_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "home" / "writer.lock"
    root = Path(__file__).parent.parent.parent
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WriterBusyError, match=f"process {holder.pid}, since "), writer_lock(file):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with writer_lock(file):
        pass


def test_a_lock_file_that_says_nothing_yet_is_no_obstacle_to_saying_so(tmp_path: Path) -> None:
    file = tmp_path / "writer.lock"
    with writer_lock(file):
        file.write_text("")
        with pytest.raises(WriterBusyError, match="only just begun"), writer_lock(file):
            pass


def test_a_place_that_cannot_be_written_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(FootnoteError, match="FOOTNOTE_HOME"), writer_lock(tmp_path / "home" / "writer.lock"):
        pass
