"""The student starts as a cut of its teacher and learns to agree with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from changeseek.core.errors import TrainingDataError
from changeseek.core.model.text_encoder import TextEncoderConfig
from changeseek.core.training.distill import distill, student_from_teacher
from changeseek.core.training.text_corpus import corpus, whole_words


def _teacher(table_width: int) -> BertModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=80,
        hidden_size=table_width,
        num_hidden_layers=6,
        num_attention_heads=4,
        intermediate_size=64,
    )
    teacher = BertModel(config, add_pooling_layer=False)
    teacher.train(False)
    return teacher


def test_a_student_with_the_whole_table_and_the_same_layers_says_what_its_teacher_says() -> None:
    teacher = _teacher(32)
    config = TextEncoderConfig(80, table_width=32, width=32, layers=3, heads=4, feed_forward=64)
    student = student_from_teacher(teacher, config).eval()
    teacher.encoder.layer = torch.nn.ModuleList(teacher.encoder.layer[number] for number in (0, 2, 5))
    ids, mask = torch.tensor([[5, 17, 42, 0]]), torch.tensor([[True, True, True, False]])
    with torch.inference_mode():
        expected = teacher(input_ids=ids, attention_mask=mask).last_hidden_state
        assert torch.allclose(student(ids, mask)[:, :3], expected[:, :3], atol=1e-4)


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no sentence encoder"):
        distill(tmp_path, tmp_path / "out", sentences=10, epochs=1)


def test_the_corpus_is_repeatable_and_mixes_grammar_with_other_words() -> None:
    words = whole_words(["zebra", "##ing", "[PAD]", "quartz", "42"])
    assert words == ["zebra", "quartz"]
    texts = corpus(words, 3000, seed=0)
    assert texts == corpus(words, 3000, seed=0)
    assert any("zebra" in text for text in texts)
    assert any("forest" in text for text in texts)
