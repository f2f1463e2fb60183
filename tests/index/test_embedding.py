from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedder, has_native_bfloat16
from index.errors import ModelError
from index.langchain_embeddings import FootnoteEmbeddings
from index.model_files import ModelFiles


def test_vectors_are_float32_and_of_length_one_in_the_texts_order(embedder: Embedder) -> None:
    vectors = embedder.encode(["The ferry sank.", "x", "A much longer text about the harbour. " * 30])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = embedder.encode(["The ferry sank."])[0]
    # Beside others it is padded, and in bfloat16 that shows in the third digit.
    assert vectors[0] @ alone > 0.999
    assert max(vectors[1] @ alone, vectors[2] @ alone) < 0.9


def test_no_texts_are_no_vectors(embedder: Embedder) -> None:
    assert len(embedder.encode([])) == 0


def test_meaning_is_near(embedder: Embedder) -> None:
    question, near, far = embedder.encode(
        ["Who drowned?", "Nine people died at sea.", "The budget was passed."]
    )
    assert question @ near > question @ far


def test_langchain_gets_the_same_vectors(embedder: Embedder) -> None:
    embeddings = FootnoteEmbeddings(embedder)
    assert np.allclose(embeddings.embed_query("harbour"), embedder.encode(["harbour"])[0])
    assert len(embeddings.embed_documents(["a", "b"])) == 2


def test_tokens_are_counted_with_the_special_ones_and_beyond_the_window(embedder: Embedder) -> None:
    assert embedder.window == 256
    assert embedder.count_tokens("") == 2
    assert embedder.count_tokens("harbour " * 400) > 400


def test_text_that_is_no_valid_unicode_is_embedded_all_the_same(embedder: Embedder) -> None:
    assert embedder.encode(["broken \ud800 text"]).shape[0] == 1


def test_threads_side_by_side_share_the_cores_and_give_them_back(embedder: Embedder) -> None:
    import torch

    before = torch.get_num_threads()
    texts = ["The ferry sank.", "The budget was passed."]
    with embedder.side_by_side() as threads:
        shares = set(threads.map(lambda _: torch.get_num_threads(), range(8)))
        found = [each[0] for each in threads.map(lambda text: embedder.encode([text]), texts * 4)]
    assert shares == {max(1, before // min(before, 8))}
    with ThreadPoolExecutor(1) as later:
        assert later.submit(torch.get_num_threads).result() == torch.get_num_threads() == before
    assert np.min(np.sum(np.stack(found) * np.tile(embedder.encode(texts), (4, 1)), axis=1)) > 0.999


@pytest.mark.parametrize(
    ("processor", "native"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_bf16 sse", True),
        ("flags\t\t: fpu amx_bf16 amx_tile", True),
        ("Features\t: fp asimd bf16 i8mm", True),
        ("flags\t\t: fpu avx2 avx512f", False),
        ("model name\t: bf16 machine\nflags\t\t: fpu", False),
        ("", False),
    ],
)
def test_bfloat16_is_used_where_the_processor_has_it(tmp_path: Path, processor: str, native: bool) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(processor)
    assert has_native_bfloat16(file) is native


def test_a_machine_that_does_not_describe_its_processor_computes_in_float32(tmp_path: Path) -> None:
    assert not has_native_bfloat16(tmp_path / "missing")


def test_a_model_that_cannot_be_loaded_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Embedder(ModelFiles("broken", tmp_path, "0")).encode(["x"])
