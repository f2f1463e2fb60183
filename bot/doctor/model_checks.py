"""The models: whether their files are here, and are what they should be. Nothing is loaded, and nothing downloaded."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.findings import Finding, fine, problem
from bot.doctor.patient import Patient
from bot.errors import ChatModelError, SettingsError
from bot.generating.chat_model import ChatModel
from bot.settings import chat_keys
from bot.verifying.cross_encoder import locate_cross_encoder
from index.errors import ModelError
from index.model_files import PINS, WEIGHTS, locate_model

_MODEL = "Model"
_VERIFIER = "Verifier model"
_CHAT = "Chat model"
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model")


def check_embedding_model(patient: Patient) -> Iterator[Finding]:
    """Look for the embedding model's files and their checksums, and whether the index was built with them."""
    try:
        files = locate_model(patient.settings.embedding_model, download=False)
    except ModelError as error:
        yield problem(_MODEL, error.message, error.remedy)
        return
    published = files.digest == PINS[WEIGHTS]
    checked = "the weights are the published ones" if published else "no checksum is known of it"
    yield fine(_MODEL, f"{files.name} is here ({files.digest[:12]}); {checked}.")
    if not any((files.folder / name).exists() for name in _TOKENIZERS):
        yield problem(
            _MODEL,
            f"{files.folder} holds weights, and no tokenizer.",
            f"Copy the whole model there ({' or '.join(_TOKENIZERS)} is missing).",
        )
    served = patient.served()
    if served is None:
        return
    built_with = f"{served.identity.model} ({served.identity.model_digest[:12]})"
    if served.identity.model_digest == files.digest:
        yield fine(_MODEL, "The index was built with this model.")
    else:
        yield problem(
            _MODEL,
            f"The index was built with {built_with}, not with this one.",
            "Set FOOTNOTE_EMBEDDING_MODEL to that one, or build the index with this one: footnote reindex FOLDER",
        )


def check_verifier_model(patient: Patient) -> Iterator[Finding]:
    """Look for the cross-encoder that verifies sentences as well, where there is to be one."""
    name = patient.settings.verifier_model
    if name is None:
        return
    try:
        files = locate_cross_encoder(name, download=False)
    except ModelError as error:
        yield problem(_VERIFIER, error.message, error.remedy)
    else:
        yield fine(_VERIFIER, f"{files.name} is here, and has the labels that are needed.")


def check_chat_model(patient: Patient) -> Iterator[Finding]:
    """Look for the language model's package and key, where one is to write the answers. It is not asked."""
    settings = patient.settings
    if settings.chat_model is None:
        return
    try:
        model = ChatModel(settings.chat_model, settings.chat_base_url, keys=chat_keys(settings))
    except (SettingsError, ChatModelError) as error:
        yield problem(_CHAT, error.message, error.remedy)
    else:
        yield fine(_CHAT, f"What {model.name} takes is here: its package, and its key if it has one.")
