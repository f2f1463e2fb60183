from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.backup.archive import open_archive
from bot.backup.manifest import read_manifest
from bot.backup.writing import BackupWriter
from bot.commands.progress import NoProgress
from bot.errors import BackupError
from tests.index.collection import Collection


@pytest.fixture(scope="module")
def members(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("unpacked")
    with open_archive(backup) as archive:
        archive.extract(folder, NoProgress())
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_the_file_what_is_unpacked_is_what_was_packed(
    data: st.DataObject, backup: Path, members: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some bytes of an archive say nothing that counts, the times of members for one."""
    content = bytearray(backup.read_bytes())
    # The manifest and the archive's own list are at the end: half of the changes are made there.
    start = data.draw(st.sampled_from([0, len(content) - 2_000]))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(start, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.one_of(st.just(len(content)), st.integers(start, len(content)))) :]
    folder = tmp_path_factory.mktemp("attempt")
    file = folder / "a.backup"
    file.write_bytes(content)
    unpacked = folder / "unpacked"
    unpacked.mkdir()
    try:
        with open_archive(file) as archive:
            archive.extract(unpacked, NoProgress())
    except BackupError:
        return
    assert {each.name: each.read_bytes() for each in unpacked.iterdir()} == members


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_manifest_is_read_or_refused(value: object) -> None:
    import json

    known = {"format": "footnote-backup", "format_version": 1, "footnote": "1", "made_at": "2026-01-01"}
    for said in (value, {**known, "index": value, "members": value}, {**known, "format_version": value}):
        with pytest.raises(BackupError):
            read_manifest(json.dumps(said).encode())


def test_a_manifest_comes_back_as_it_was_written(newsroom: Collection, tmp_path: Path) -> None:
    written = BackupWriter(newsroom.home, NoProgress()).write(tmp_path / "a.backup", overwrite=False)
    with open_archive(tmp_path / "a.backup") as archive:
        assert archive.manifest.to_json() == written.to_json()
