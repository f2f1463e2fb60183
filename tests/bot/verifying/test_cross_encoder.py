from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import wiring
from bot.settings import Settings
from bot.verifying.cross_encoder import CrossEncoderModel, locate_cross_encoder
from bot.verifying.entailment import EntailmentVerifier
from bot.verifying.sources import source_from_text
from bot.verifying.verifier import Verifier
from index.embedding import Embedder
from index.errors import ModelError

USUAL = {0: "contradiction", 1: "entailment", 2: "neutral"}
OTHER = {0: "ENTAILMENT", 1: "Neutral", 2: "CONTRADICTION"}
SENTENCE = "The toll rose to 19 crowns."
TEXTS = ["The toll rose to 19 crowns on Monday.", "Boats sank."]


def saved(folder: Path, tokenizer: Path, labels: Mapping[int, str], positions: int = 64) -> Path:
    """Save a tiny cross-encoder of random weights, the same each time."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=positions,
        id2label=dict(labels),
        label2id={label: place for place, label in labels.items()},
        initializer_range=0.3,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(tokenizer).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    return saved(tmp_path_factory.mktemp("models") / "tiny-nli", embedder.files.folder, USUAL)


def relabelled(folder: Path, **changes: object) -> Path:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **changes}))
    return folder


def test_scores_are_probabilities_by_the_names_of_their_labels(
    folder: Path, tmp_path: Path, embedder: Embedder
) -> None:
    other = saved(tmp_path / "other", embedder.files.folder, OTHER)
    one = CrossEncoderModel(locate_cross_encoder(str(folder))).weigh(TEXTS, SENTENCE)
    two = CrossEncoderModel(locate_cross_encoder(str(other))).weigh(TEXTS, SENTENCE)
    for usual, turned in zip(one, two, strict=True):
        assert 0 < usual.entailment < 1
        assert 0 < usual.entailment + usual.contradiction < 1
        assert turned.entailment == pytest.approx(usual.contradiction, abs=1e-6)
    assert one[0] != one[1]


def test_an_activation_that_the_model_comes_with_is_left_out(
    folder: Path, tmp_path: Path, embedder: Embedder
) -> None:
    other = saved(tmp_path / "other", embedder.files.folder, USUAL)
    relabelled(other, sentence_transformers={"activation_fn": "torch.nn.modules.activation.Sigmoid"})
    plain, other_model = (CrossEncoderModel(locate_cross_encoder(str(each))) for each in (folder, other))
    assert plain.weigh(TEXTS, SENTENCE) == other_model.weigh(TEXTS, SENTENCE)


def test_what_is_longer_than_the_window_does_not_fit_and_is_read_as_far_as_it_goes(folder: Path) -> None:
    model = CrossEncoderModel(locate_cross_encoder(str(folder)))
    assert model.fits(TEXTS[0], SENTENCE)
    assert not model.fits("boat " * 60, SENTENCE)
    assert len(model.weigh(["boat " * 500], SENTENCE)) == 1
    assert model.weigh([], SENTENCE) == []


@pytest.mark.parametrize(("positions", "window"), [(514, 512), (8192, 1024), (None, 510)])
def test_the_window_is_what_the_model_can_read_and_no_more_than_is_quick(
    tmp_path: Path, positions: int | None, window: int
) -> None:
    config = {"id2label": USUAL, "max_position_embeddings": positions}
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert locate_cross_encoder(str(tmp_path)).window == window


@pytest.mark.parametrize(
    "config",
    [
        "{",
        "[]",
        "{}",
        '{"id2label": null}',
        '{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}',
        '{"id2label": {"0": "entailment", "1": "not_entailment"}}',
        '{"id2label": {"0": "entailment", "1": "neutral", "3": "contradiction"}}',
        None,
    ],
)
def test_a_model_without_these_labels_is_refused(tmp_path: Path, config: str | None) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(ModelError, match="labels") as caught:
        locate_cross_encoder(str(tmp_path))
    assert "FOOTNOTE_VERIFIER_MODEL" in caught.value.remedy


def test_a_name_that_nobody_has_is_refused() -> None:
    with pytest.raises(ModelError, match="a/b/c is not to be had"):
        locate_cross_encoder("a/b/c")


def test_a_model_that_cannot_be_loaded_is_told_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "id2label": USUAL}))
    model = CrossEncoderModel(locate_cross_encoder(str(tmp_path)))
    with pytest.raises(ModelError, match="cannot be loaded"):
        model.weigh(TEXTS, SENTENCE)


def test_the_setting_puts_the_cross_encoder_behind_the_rules(folder: Path, embedder: Embedder) -> None:
    assert isinstance(wiring.verifier(Settings(), embedder), Verifier)
    verifier = wiring.verifier(Settings(verifier_model=str(folder)), embedder)
    assert isinstance(verifier, EntailmentVerifier)
    verdict = verifier.verify(SENTENCE, [source_from_text(text, embedder) for text in TEXTS])
    assert verdict.supported or "The cross-encoder tiny-nli finds that" in verdict.reasons[0]
