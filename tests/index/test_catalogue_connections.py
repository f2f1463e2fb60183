from __future__ import annotations

from pathlib import Path

import pytest

from index.catalogue.sqlite import connect


@pytest.mark.parametrize(("writing", "mapped"), [(True, False), (False, True)])
def test_only_who_reads_maps_the_file_into_memory(tmp_path: Path, *, writing: bool, mapped: bool) -> None:
    file = tmp_path / "catalogue.sqlite3"
    file.touch()
    engine = connect(file, writing=writing)
    with engine.connect() as connection:
        assert bool(connection.exec_driver_sql("PRAGMA mmap_size").scalar_one()) is mapped
    engine.dispose()
