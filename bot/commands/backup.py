"""`footnote backup` and `footnote restore`: a home into one file, and back."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from bot import wiring
from bot.backup.manifest import Manifest
from bot.backup.restoring import Restorer
from bot.backup.writing import BackupWriter
from bot.commands.progress import shown_progress
from bot.console import console, key_value_table
from bot.settings import load_settings
from index.takedown.erasing import Eraser


def back_up(file: Path, *, overwrite: bool) -> None:
    """Write the home to a file, and say what is in it.

    Raises:
        FootnoteError: it cannot be read, or the file not be written.
    """
    settings = load_settings()
    with shown_progress() as progress:
        manifest = BackupWriter(wiring.home(settings), progress).write(file, overwrite=overwrite)
    console().print(key_value_table([("Backup", str(file.absolute())), *_rows(manifest)]))


def restore(file: Path, *, replace: bool) -> None:
    """Put a backup into the home, and say what it holds now.

    Raises:
        FootnoteError: the file is no backup that can be restored, or the home is in use or taken.
    """
    settings = load_settings()
    home = wiring.home(settings)
    with shown_progress() as progress:
        restored = Restorer(home, wiring.bot_lock(settings), progress).restore(file, replace=replace)
        Eraser(home, wiring.quotes(settings), progress).go_on()
    out = console()
    out.print(key_value_table([("Home", str(home.folder.absolute())), *_rows(restored.manifest)]))
    if restored.dropped:
        out.print(
            Text(
                f"Questions that waited in Slack when the backup was made were dropped: {restored.dropped:,}."
            )
        )


def _rows(manifest: Manifest) -> list[tuple[str, str]]:
    return [
        ("Made", f"{manifest.made_at:%-d %B %Y %H:%M:%S} UTC, by Footnote {manifest.version}"),
        ("Articles", f"{manifest.contents.articles:,}"),
        ("Passages", f"{manifest.contents.passages:,}"),
        ("Model", f"{manifest.contents.model} ({manifest.contents.model_digest[:12]})"),
        ("Files", ", ".join(f"{each.name} ({each.size / 1e6:,.1f} MB)" for each in manifest.members)),
    ]
