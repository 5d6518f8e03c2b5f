from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.captions.bank import CaptionBank, Sentence
from changeseek.core.captions.embedded import EmbeddedBank, embed_bank, hubness
from changeseek.core.captions.ranking import caption_scores, rank_captions
from changeseek.core.errors import QueryError
from changeseek.core.model.interface import PairEmbeddings, Patches, TextKind, Vectors

VECTORS = {
    "a lake appeared": (1.0, 0.0, 0.0),
    "a pond appeared": (0.9, 0.1, 0.0),
    "forest was cleared": (0.0, 1.0, 0.0),
    "something is different": (0.6, 0.6, 0.0),
    "nothing has changed": (0.0, 0.0, 1.0),
}
BANK = CaptionBank(
    tuple(Sentence(text, "lake" if "appeared" in text else text) for text in VECTORS),
)


def unit(rows: Sequence[Sequence[float]]) -> Vectors:
    vectors = np.asarray(rows, np.float32)
    normalised: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normalised


@dataclass
class TextModel:
    """Knows the texts above by heart and counts how often it is asked."""

    name: str = "texts"
    sha256: str = "ab" * 32
    dimensions: int = 3
    patch_size: int = 8
    device: str = "cpu"
    batch_size: int = 4
    reference_changes: Vectors | None = None
    asked: list[str] = field(default_factory=list)

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        raise NotImplementedError

    def embed_text(self, texts: Sequence[str], kind: TextKind = "change") -> Vectors:
        self.asked.extend(texts)
        return unit([VECTORS[text] for text in texts])


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")


def test_paraphrases_are_collapsed_to_the_best_of_them() -> None:
    captions = rank_captions(unit([(0.9, 0.1, 0.0)]), BANK, TextModel(), k=9)[0]
    assert captions[0].caption == "a pond appeared"
    assert "a lake appeared" not in {caption.caption for caption in captions}
    assert [caption.rank for caption in captions] == [1, 2, 3, 4]


def test_each_tile_has_its_own_ranking() -> None:
    tiles = unit([(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)])
    ranked = rank_captions(tiles, BANK, TextModel(), k=1)
    assert [captions[0].caption for captions in ranked] == ["a lake appeared", "nothing has changed"]


def test_a_sentence_that_is_near_to_everything_steps_back() -> None:
    tile = unit([(0.55, 0.8, 0.0)])
    plain = rank_captions(tile, BANK, TextModel(), k=1)
    references = unit([(0.6, 0.6, 0.0), (0.7, 0.6, 0.0), (0.6, 0.7, 0.0), (0.0, 0.0, 1.0)])
    corrected = rank_captions(tile, BANK, TextModel(reference_changes=references), k=1)
    by_index = rank_captions(tile, BANK, TextModel(), k=1, fallback_changes=references)
    assert plain[0][0].caption == "something is different"
    assert corrected[0][0].caption == "forest was cleared"
    assert by_index == corrected


def test_hubness_looks_at_the_nearest_references_only() -> None:
    sentences = unit([(1.0, 0.0, 0.0)])
    near, far = np.repeat(sentences, 10, axis=0), np.repeat(-sentences, 500, axis=0)
    assert hubness(sentences, np.concatenate([near, far])) == pytest.approx([1.0])


def test_quiet_tiles_all_around_do_not_silence_the_quiet_answer() -> None:
    bank = CaptionBank((*BANK.sentences[:-1], Sentence("nothing has changed", "nothing")))
    quiet = np.repeat(unit([(0.1, 0.1, 1.0)]), 50, axis=0)
    ranked = rank_captions(quiet[:1], bank, TextModel(), k=1, fallback_changes=quiet)
    assert ranked[0][0].caption == "nothing has changed"


def test_without_any_reference_no_sentence_is_a_hub(tmp_path: Path) -> None:
    assert not embed_bank(BANK, TextModel(), cache=tmp_path).hubness.any()
    assert not embed_bank(BANK, TextModel(), unit([(1, 0, 0)])[:0], cache=tmp_path).hubness.any()


def test_other_references_are_other_hubs(tmp_path: Path) -> None:
    one, other = (
        TextModel(reference_changes=unit([(1, 0, 0)])),
        TextModel(reference_changes=unit([(0, 1, 0)])),
    )
    assert embed_bank(BANK, one, cache=tmp_path).hubness[0] == pytest.approx(1)
    assert embed_bank(BANK, other, cache=tmp_path).hubness[0] == pytest.approx(0)


def test_a_bank_is_embedded_once_and_again_when_the_cache_is_gone(tmp_path: Path) -> None:
    model = TextModel()
    first = embed_bank(BANK, model, cache=tmp_path / "here")
    again = embed_bank(BANK, model, cache=tmp_path / "here")
    assert len(model.asked) == len(VECTORS)
    assert np.array_equal(first.vectors, again.vectors)
    for file in (tmp_path / "here").iterdir():
        file.write_bytes(b"damaged")
    assert np.array_equal(embed_bank(BANK, model, cache=tmp_path / "here").vectors, first.vectors)
    assert len(model.asked) == 2 * len(VECTORS)


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert len(embed_bank(BANK, TextModel(), cache=tmp_path / "file").vectors) == len(VECTORS)


def test_no_captions_are_not_an_answer() -> None:
    with pytest.raises(QueryError, match="0 captions"):
        rank_captions(unit([(1.0, 0.0, 0.0)]), BANK, TextModel(), k=0)


@given(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3).filter(any), st.integers(1, 9))
def test_any_tile_gets_a_ranking_with_each_meaning_at_most_once(tile: list[float], k: int) -> None:
    embedded = EmbeddedBank(unit(list(VECTORS.values())), np.zeros(len(VECTORS), np.float32))
    vectors = np.asarray([tile], np.float32)
    captions = rank_captions(vectors, BANK, TextModel(), k)[0]
    meanings = [
        {sentence.text: sentence.meaning for sentence in BANK.sentences}[one.caption] for one in captions
    ]
    assert len(meanings) == len(set(meanings)) == min(k, 4)
    assert [one.score for one in captions] == sorted((one.score for one in captions), reverse=True)
    assert captions[0].score == pytest.approx(caption_scores(vectors, embedded).max())
