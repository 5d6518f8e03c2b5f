"""All wordings of a meaning learn to say the same, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from changeseek.core import load_model
from changeseek.core.captions.grammar import Meaning, all_meanings, sentences
from changeseek.core.errors import TrainingConfigError, UnknownModelError
from changeseek.core.model.card import read_card
from changeseek.core.model.interface import PairModel
from changeseek.core.model.storage import load_weights
from changeseek.core.model.text_encoder import SentenceTokenizer
from changeseek.core.model.text_itsr import TextItsr
from changeseek.core.model.threads import one_core
from changeseek.core.training.command import train_wordings
from changeseek.core.training.config import WordingTrainingConfig
from changeseek.core.training.metrics import Row
from changeseek.core.training.samples import CONCEPT_KEYS
from changeseek.core.training.text_corpus import about_anything
from changeseek.core.training.wording_targets import ChangeTargets
from changeseek.core.training.wording_task import WordingStep, WordingSupply, WordingTask

FELLED, PLANTED = Meaning("forest", "houses"), Meaning("houses", "forest")
MEANINGS = [Meaning(), Meaning(after="lake"), Meaning(before="lake"), FELLED, PLANTED]
ANYTHING = ["a book on the table", "the third of May"]


@pytest.fixture
def tokenizer(tokenizer_file: Path) -> SentenceTokenizer:
    return SentenceTokenizer(tokenizer_file)


@pytest.fixture
def supply() -> WordingSupply:
    return WordingSupply(MEANINGS, ["forest", "houses", "lake"], ANYTHING, 4, seed=3)


def spread(model: PairModel, texts: list[str]) -> float:
    vectors = model.embed_text(texts, "change")
    return float(1 - (vectors @ vectors.mean(0) / np.linalg.norm(vectors.mean(0))).mean())


def test_a_meaning_shall_say_what_its_wordings_say_on_average(
    tiny_network: TextItsr, tokenizer: SentenceTokenizer
) -> None:
    few, many = (
        ChangeTargets(tiny_network, tokenizer, [FELLED, PLANTED], wordings, 0) for wordings in (1, 400)
    )
    assert torch.allclose(few([FELLED, PLANTED]).norm(dim=1), torch.ones(2), atol=1e-5)
    assert many([PLANTED, FELLED]).equal(many([FELLED, PLANTED]).flip(0))
    again = ChangeTargets(tiny_network, tokenizer, [FELLED, PLANTED], 400, 1)
    drawn_twice = (many([FELLED]) * again([FELLED])).sum()
    other = ChangeTargets(tiny_network, tokenizer, [FELLED, PLANTED], 1, 1)
    assert drawn_twice > (few([FELLED]) * other([FELLED])).sum()
    assert drawn_twice > 0.999


def test_a_step_tells_every_transition_in_both_orders(supply: WordingSupply) -> None:
    step = supply(5, 0)
    assert step == supply(5, 0) != supply(6, 0)
    assert step.meanings[4:8] == [one.reversed() for one in step.meanings[:4]]
    assert not any(one.before and one.after for one in step.meanings[8:])
    assert len(step.sentences) == len(step.meanings) == 9
    assert all(plain in placed for plain, placed in zip(step.plain, step.placed, strict=True))
    assert set(step.scenes) & set(ANYTHING)


def test_only_what_reads_changes_learns(
    tiny_network: TextItsr, tokenizer: SentenceTokenizer, supply: WordingSupply
) -> None:
    targets = ChangeTargets(tiny_network, tokenizer, MEANINGS, 8, 0)
    task = WordingTask(tiny_network, tokenizer, targets)
    losses = task(supply(1, 0))
    # Before the first step nothing has moved yet.
    assert all(losses[name].item() == pytest.approx(0, abs=1e-6) for name in ("place", "scene", "rest"))
    torch.stack(list(losses.values())).sum().backward()
    moved = {name.split(".")[0] for name, value in tiny_network.named_parameters() if value.grad is not None}
    assert moved == {"text_encoder", "phrase_reader", "phrase_head", "text_change_head"}
    assert tiny_network.text_encoder.table.weight.grad is None


def test_order_costs_only_where_there_is_one(tiny_network: TextItsr, tokenizer: SentenceTokenizer) -> None:
    task = WordingTask(tiny_network, tokenizer, ChangeTargets(tiny_network, tokenizer, MEANINGS, 8, 0))
    alone = WordingStep([FELLED, Meaning()], ["forest to houses", "no change"], ["a"], ["a b"], ["c"], 0)
    more = alone._replace(
        meanings=[FELLED, Meaning(), Meaning()], sentences=[*alone.sentences, "all the same"]
    )
    assert task(alone)["order"].item() == pytest.approx(task(more)["order"].item(), abs=1e-5)


def test_wordings_draw_together_and_images_stay(model_folder: Path, tmp_path: Path) -> None:
    config = WordingTrainingConfig(
        start=model_folder, steps=30, batch=16, wordings=4, learning_rate=3e-3, average=0.5
    )
    with one_core():
        folder = train_wordings(config, tmp_path / "run")
    before, after = load_model(model_folder, "cpu"), load_model(folder, "cpu")
    texts = sentences(FELLED, nouns=1)
    assert spread(after, texts) < 0.7 * spread(before, texts)

    patches = np.random.default_rng(0).integers(0, 255, (2, 2, 3, 64, 64), dtype=np.uint8)
    for was, now in zip(before.embed_pairs(*patches), after.embed_pairs(*patches), strict=True):
        assert np.array_equal(was, now)
    old, new = (
        load_weights(model_folder / "weights.safetensors"),
        load_weights(folder / "weights.safetensors"),
    )
    assert old["text_encoder.table.weight"].equal(new["text_encoder.table.weight"])
    recipe = read_card(folder).recipe
    assert recipe["wordings"]["steps"] == 30
    assert recipe["before"] == read_card(model_folder).recipe


def test_a_training_that_was_interrupted_ends_as_an_undisturbed_one(
    model_folder: Path, tmp_path: Path
) -> None:
    config = WordingTrainingConfig(
        start=model_folder, steps=24, batch=4, wordings=2, checkpoint_every=5, leave_out=("lake",)
    )

    def dies(row: Row) -> None:
        if row["step"] == 20:
            raise KeyboardInterrupt

    with one_core():
        whole = train_wordings(config, tmp_path / "whole")
        with pytest.raises(KeyboardInterrupt):
            train_wordings(config, tmp_path / "run", watch=dies)
        resumed = train_wordings(config, tmp_path / "run")
    for name, value in load_weights(whole / "weights.safetensors").items():
        assert value.equal(load_weights(resumed / "weights.safetensors")[name]), name


def test_sentences_about_anything_are_none_of_the_grammar() -> None:
    texts = about_anything(["apple", "violin", "seven"], 400, seed=1)
    assert len(texts) == 400 == len(about_anything(["apple"], 400, seed=2))
    assert any("violin" in text for text in texts)
    assert not set(texts) & {text for meaning in all_meanings() for text in sentences(meaning, nouns=1)}


def test_a_model_is_needed_that_the_run_does_not_write_itself(model_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingConfigError, match="no model is named"):
        train_wordings(WordingTrainingConfig(), tmp_path / "run")
    with pytest.raises(UnknownModelError):
        train_wordings(WordingTrainingConfig(start=tmp_path), tmp_path / "run")
    lonely = WordingTrainingConfig(start=model_folder, leave_out=CONCEPT_KEYS[1:])
    with pytest.raises(TrainingConfigError, match="too few concepts"):
        train_wordings(lonely, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    own = model_folder.rename(tmp_path / "model")
    with pytest.raises(TrainingConfigError, match="is what this run writes"):
        train_wordings(WordingTrainingConfig(start=own), tmp_path, fresh=True)
