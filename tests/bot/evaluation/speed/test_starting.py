from __future__ import annotations

import subprocess
from pathlib import Path

from bot.evaluation.speed.starting import _empty_app


def test_the_empty_app_shows_as_many_commands(tmp_path: Path) -> None:
    script = _empty_app(tmp_path, 3)
    shown = subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout
    assert shown.count("command-") == 3
