"""Config files are read with errors that name the key, and come back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeseek.core.errors import TrainingConfigError
from changeseek.core.training.config import SceneTrainingConfig, TrainingConfig
from changeseek.core.training.config_file import load_config, save_config


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_options_come_before_the_file_and_the_file_before_the_defaults(file: Path) -> None:
    file.write_text('steps = 70\nbatch = 8\nfusion = "gff-sum"\n')
    found = load_config(TrainingConfig, file, {"batch": 4, "steps": None})
    assert (found.steps, found.batch, found.fusion, found.seed) == (70, 4, "gff-sum", 0)


def test_paths_in_a_file_count_from_its_folder(file: Path) -> None:
    file.write_text('data = "images"\ncaptioned = ["pairs.csv", "/levir"]\n')
    found = load_config(TrainingConfig, file, {})
    assert found.data == file.parent / "images"
    assert found.captioned == (file.parent / "pairs.csv", Path("/levir").resolve())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stpes = 70", "unknown key 'stpes'. Did you mean 'steps'"),
        ("batch = 1", "batch is 1. It must be at least 2"),
        ("drawn_share = 1.5", "drawn_share is 1.5. It must be from 0 to 1"),
        ("steps = 7.5", "steps .*7.5. It must be a whole number"),
        ("batch = true", "batch .*True. It must be a whole number"),
        ("leave_out = [1]", "leave_out .*It must be a list of texts"),
        ("data = 5", "data .*It must be a path in quotes"),
        ('fusion = "zip"', "no fusion 'zip'. Choose one of gff-concat"),
        ('precision = "fp8"', "no precision 'fp8'"),
        ("steps = = 5", "is no TOML"),
        ('command = "train-encoder"', "Give it to `changeseek train-encoder`"),
    ],
)
def test_what_cannot_be_is_refused_by_name(text: str, message: str, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(TrainingConfigError, match=message):
        load_config(TrainingConfig, file, {})


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(TrainingConfigError, match="cannot be read"):
        load_config(TrainingConfig, file, {})


_TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)


@settings(max_examples=15)
@given(
    st.builds(
        TrainingConfig,
        steps=st.integers(1, 10**6),
        minutes=st.none() | st.floats(0.1, 1e4),
        learning_rate=st.floats(0, 1),
        drawn_share=st.floats(0, 1),
        leave_out=st.lists(_TEXTS, max_size=3).map(tuple),
        data=st.none() | st.just(Path('/data/with "quotes" and \\ and ü')),
        seed=st.integers(0, 2**31),
    )
)
def test_a_config_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, config: TrainingConfig
) -> None:
    file = tmp_path_factory.getbasetemp() / "written.toml"
    save_config(config, file)
    assert load_config(TrainingConfig, file, {}) == config


def test_the_stages_have_configs_of_their_own(file: Path) -> None:
    save_config(SceneTrainingConfig(steps=9), file)
    assert load_config(SceneTrainingConfig, file, {}).steps == 9
    with pytest.raises(TrainingConfigError, match="another command"):
        load_config(TrainingConfig, file, {})
