"""Very short trainings of a tiny network run end to end, go on after a death, and leave what loads."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from changeseek.core import load_model
from changeseek.core.errors import OtherRunError, TrainingConfigError, TrainingDataError, UnknownModelError
from changeseek.core.model.storage import load_weights
from changeseek.core.model.text_itsr import TextItsrConfig
from changeseek.core.model.threads import one_core
from changeseek.core.training.command import train_encoder, train_heads, train_model
from changeseek.core.training.config import HeadTrainingConfig, SceneTrainingConfig, TrainingConfig
from changeseek.core.training.metrics import Row, read_metrics


@pytest.fixture(autouse=True)
def single_core() -> Iterator[None]:
    with one_core():
        yield


@pytest.fixture
def large_data_folder(tmp_path: Path) -> Path:
    """`ucmerced/` with three classes of twenty images, of which a tenth is kept back."""
    folder, rows = tmp_path / "images" / "ucmerced", ["image,split"]
    chance = np.random.default_rng(1)
    for name, colour in {"forest": 40, "agricultural": 150, "river": 90}.items():
        (folder / name).mkdir(parents=True)
        for number in range(20):
            pixels = np.clip(chance.normal(colour, 12, (32, 32, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
            rows.append(f"{name}/{number}.png,train")
    (folder / "split.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder.parent


@pytest.fixture
def captioned_table(tmp_path: Path) -> Path:
    """Six pairs that somebody described, two of them for validation."""
    rows = [["before", "after", "captions", "split"]]
    for number in range(6):
        for date, colour in (("a", 60), ("b", 60 + 30 * number)):
            Image.new("RGB", (40, 40), (colour, 90, 90)).save(tmp_path / f"{number}{date}.png")
        text = "nothing has changed" if number == 0 else f"houses built|{number} houses on a field"
        rows.append([f"{number}a.png", f"{number}b.png", text, "val" if number > 3 else "train"])
    with (tmp_path / "pairs.csv").open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows(rows)
    return tmp_path / "pairs.csv"


def dies_after(validations: int) -> Callable[[Row], None]:
    left = [validations]

    def watch(row: Row) -> None:
        left[0] -= "validation" in row
        if left[0] == 0:
            raise KeyboardInterrupt

    return watch


def test_a_short_training_writes_a_model_that_embeds(
    tower: Path, data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = TrainingConfig(data=data_folder, text_tower=tower, steps=20, batch=8, scene_batch=0, scenes=1)
    folder = train_model(config, tmp_path / "run", tiny_config)
    model = load_model(folder, "cpu")
    patches = np.random.default_rng(0).integers(0, 255, (2, 2, 3, 64, 64), dtype=np.uint8)
    assert model.embed_pairs(patches[0], patches[1]).change.shape == (2, 32)
    assert model.reference_changes is not None and len(model.reference_changes) > 10
    (row,) = read_metrics(tmp_path / "run" / "metrics.jsonl")
    assert row["step"] == 20
    assert {"change", "scene", "phrase", "pairs_per_second"} <= set(row)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert summary["score"] is None  # too few images to keep one of each class back


def test_an_interrupted_training_goes_on_and_ends_as_an_undisturbed_one(
    tower: Path, large_data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = TrainingConfig(
        data=large_data_folder, text_tower=tower, steps=6, batch=6, scene_batch=4, scenes=0,
        validate_every=2, validation_pairs=20, device="cpu",
    )  # fmt: skip
    whole = train_model(config, tmp_path / "whole", tiny_config)
    with pytest.raises(KeyboardInterrupt):
        train_model(config, tmp_path / "run", tiny_config, watch=dies_after(2))
    resumed = train_model(config, tmp_path / "run", tiny_config)
    for name, value in load_weights(whole / "weights.safetensors").items():
        assert value.equal(load_weights(resumed / "weights.safetensors")[name]), name
    judged = [row for row in read_metrics(tmp_path / "run" / "metrics.jsonl") if "validation" in row]
    assert [row["step"] for row in judged] == [2, 4, 6]
    assert {"recall_at_10", "direction", "score"} <= set(judged[0]["validation"])

    before = (resumed / "weights.safetensors").stat().st_mtime_ns
    train_model(config, tmp_path / "run", tiny_config)
    assert (resumed / "weights.safetensors").stat().st_mtime_ns == before  # a finished run is left as it is
    with pytest.raises(OtherRunError, match="its steps is 6, not 7"):
        train_model(replace(config, steps=7), tmp_path / "run", tiny_config)
    card = json.loads((resumed / "card.json").read_text())
    assert str(tmp_path) not in json.dumps(card)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU here")
@pytest.mark.parametrize("precision", ["bf16", "fp16", "no"])
def test_a_gpu_trains_and_a_cpu_goes_on(
    precision: str, tower: Path, large_data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = TrainingConfig(
        data=large_data_folder, text_tower=tower, steps=4, batch=6, scene_batch=4, scenes=0,
        validate_every=2, validation_pairs=20, device="cuda", precision=precision,
    )  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        train_model(config, tmp_path / "run", tiny_config, watch=dies_after(2))
    goes_on = config if precision == "fp16" else replace(config, device="cpu")
    assert (train_model(goes_on, tmp_path / "run", tiny_config) / "weights.safetensors").is_file()


def test_captioned_pairs_alone_train_a_model(
    tower: Path, captioned_table: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = TrainingConfig(
        captioned=(captioned_table,), text_tower=tower, steps=2, batch=4, scenes=0, fusion="gff-sum"
    )
    folder = train_model(config, tmp_path / "run", tiny_config)
    assert load_model(folder, "cpu").dimensions == 32
    rows = read_metrics(tmp_path / "run" / "metrics.jsonl")
    assert 0 <= rows[-1]["validation"]["captioned_recall_at_10"] <= 1
    assert json.loads((folder / "card.json").read_text())["network"]["fusion"] == "gff-sum"


def test_an_encoder_learns_colours_and_training_goes_on_from_it(
    tower: Path, large_data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    config = SceneTrainingConfig(
        data=large_data_folder, text_tower=tower, steps=40, batch=12, learning_rate=5e-3, validate_every=20
    )
    weights = train_encoder(config, tmp_path / "encoder", tiny_config)
    judged = [row["validation"] for row in read_metrics(tmp_path / "encoder" / "metrics.jsonl")[1::2]]
    assert len(judged) == 2
    assert judged[-1]["UC Merced"] == judged[-1]["score"] > 0.3
    later = TrainingConfig(
        data=large_data_folder, text_tower=tower, start=weights.parent, steps=1, batch=4, scenes=0
    )
    for fusion in ("tff", "gff-all"):
        other = replace(later, fusion=fusion)
        assert (train_model(other, tmp_path / fusion, tiny_config) / "weights.safetensors").is_file()
    wider = replace(tiny_config, dimensions=64)
    with pytest.raises(UnknownModelError, match="another network"):
        train_model(later, tmp_path / "wider", wider)


def test_heads_learn_while_the_encoders_stay_and_go_on_where_they_were_stopped(
    tower: Path, large_data_folder: Path, tiny_config: TextItsrConfig, tmp_path: Path
) -> None:
    encoder = SceneTrainingConfig(data=large_data_folder, text_tower=tower, steps=1, batch=4)
    start = train_encoder(encoder, tmp_path / "encoder", tiny_config)
    config = HeadTrainingConfig(
        data=large_data_folder, text_tower=tower, start=start.parent, steps=4, batch=6, scene_batch=4,
        pairs=30, images=12, scenes=0, validate_every=2, validation_pairs=20, device="cpu",
    )  # fmt: skip
    whole = train_heads(config, tmp_path / "whole", tiny_config)
    with pytest.raises(KeyboardInterrupt):
        train_heads(config, tmp_path / "run", tiny_config, watch=dies_after(1))
    resumed = load_weights(train_heads(config, tmp_path / "run", tiny_config) / "weights.safetensors")
    before, after = load_weights(start), load_weights(whole / "weights.safetensors")
    for name, value in after.items():
        assert value.equal(resumed[name]), name
        if name.startswith(("image_encoder.", "text_encoder.")):
            assert value.equal(before[name]), name
    moved = {name.split(".")[0] for name, value in after.items() if not value.equal(before[name])}
    assert {
        "fusion",
        "change_head",
        "scene_head",
        "phrase_reader",
        "phrase_head",
        "text_change_head",
    } <= moved


@pytest.mark.parametrize(
    ("config", "error", "message"),
    [
        (
            TrainingConfig(data=Path("nowhere"), text_tower=Path("nowhere")),
            TrainingDataError,
            "no text tower",
        ),
        (TrainingConfig(), TrainingConfigError, "no data are named"),
        (SceneTrainingConfig(), TrainingConfigError, "no data are named"),
        (TrainingConfig(data=Path("nowhere")), TrainingDataError, "no training images"),
        (
            TrainingConfig(data=Path("nowhere"), leave_out=("lakes",)),
            TrainingConfigError,
            "no concept 'lakes'",
        ),
        (TrainingConfig(data=Path("nowhere"), precision="fp16", device="cpu"), TrainingConfigError, "fp16"),
    ],
)
def test_what_cannot_be_trained_is_refused_and_nothing_is_written(
    config: TrainingConfig | SceneTrainingConfig,
    error: type[Exception],
    message: str,
    tower: Path,
    tiny_config: TextItsrConfig,
    tmp_path: Path,
) -> None:
    config = config if config.text_tower else replace(config, text_tower=tower)
    with pytest.raises(error, match=message):
        if isinstance(config, TrainingConfig):
            train_model(config, tmp_path / "run", tiny_config)
        else:
            train_encoder(config, tmp_path / "run", tiny_config)
    assert not (tmp_path / "run").exists()
