"""Distils the MiniLM sentence encoder into the small text encoder that ships.

The student starts from the teacher's own parts (its table by a truncated singular value decomposition, every
second layer) and learns to give the teacher's sentence vector back.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from changeseek.core.errors import TrainingDataError
from changeseek.core.model.card import TOKENIZER_FILE
from changeseek.core.model.text_encoder import (
    SentenceTokenizer,
    TextEncoder,
    TextEncoderConfig,
    sentence_mean,
)
from changeseek.core.training.memory import keep_freed_memory
from changeseek.core.training.text_corpus import corpus, whole_words

log = logging.getLogger(__name__)

_TEACHER_LAYERS = (0, 2, 5)


def student_from_teacher(teacher: nn.Module, config: TextEncoderConfig) -> TextEncoder:
    """A student whose parts are the teacher's, cut to the student's size."""
    student = TextEncoder(config)
    source = {name: value.detach().float() for name, value in teacher.state_dict().items()}
    left, strength, right = torch.linalg.svd(source["embeddings.word_embeddings.weight"], full_matrices=False)
    rank = config.table_width
    scale = strength[:rank].sqrt()
    with torch.no_grad():
        student.table.weight.copy_(left[:, :rank] * scale)
        student.widen.weight.copy_(right[:rank].T * scale)
        student.widen.bias.copy_(source["embeddings.token_type_embeddings.weight"][0])
        student.position.copy_(source["embeddings.position_embeddings.weight"][: config.longest])
        student.norm.weight.copy_(source["embeddings.LayerNorm.weight"])
        student.norm.bias.copy_(source["embeddings.LayerNorm.bias"])
    for layer, number in zip(student.layers.layers, _TEACHER_LAYERS, strict=True):
        layer.load_state_dict(_layer_weights(source, f"encoder.layer.{number}."))
    return student


def _layer_weights(source: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    def joined(kind: str) -> Tensor:
        parts = ("query", "key", "value")
        return torch.cat([source[f"{prefix}attention.self.{part}.{kind}"] for part in parts])

    names = {
        "self_attn.out_proj": "attention.output.dense",
        "linear1": "intermediate.dense",
        "linear2": "output.dense",
        "norm1": "attention.output.LayerNorm",
        "norm2": "output.LayerNorm",
    }
    weights = {
        f"{mine}.{k}": source[f"{prefix}{theirs}.{k}"]
        for mine, theirs in names.items()
        for k in ("weight", "bias")
    }
    return weights | {"self_attn.in_proj_weight": joined("weight"), "self_attn.in_proj_bias": joined("bias")}


def teacher_vectors(
    teacher: nn.Module, tokenizer: SentenceTokenizer, texts: Sequence[str], batch: int = 256
) -> NDArray[np.float16]:
    """Sentence vectors (M, D) of the teacher, unit length; batches hold sentences of like length."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    width = TextEncoderConfig().width
    vectors = np.zeros((len(texts), width), np.float16)
    for start in range(0, len(texts), batch):
        rows = order[start : start + batch]
        ids, mask = tokenizer([texts[row] for row in rows])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            states = teacher(input_ids=ids, attention_mask=mask).last_hidden_state
        vectors[rows] = F.normalize(sentence_mean(states.float(), mask), dim=1).numpy()
    return vectors


def distill(teacher_folder: Path, out: Path, *, sentences: int, epochs: int, seed: int = 0) -> float:
    """Train the student and write `text.safetensors` and `tokenizer.json` into the folder `out`.

    Returns:
        The mean cosine with the teacher on held-out sentences.

    Raises:
        TrainingDataError: The folder holds no sentence encoder.
    """
    if not (teacher_folder / "model.safetensors").is_file():
        advice = "Install requirements/teacher.txt and name its model folder"
        raise TrainingDataError(f"no sentence encoder in {teacher_folder}", advice)
    from safetensors.torch import save_file
    from transformers import AutoModel

    keep_freed_memory()
    torch.manual_seed(seed)
    teacher = AutoModel.from_pretrained(teacher_folder, add_pooling_layer=False).eval()
    tokenizer = SentenceTokenizer(teacher_folder / TOKENIZER_FILE)
    student = student_from_teacher(teacher, TextEncoderConfig())
    words = whole_words((teacher_folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    texts = corpus(words, sentences, seed)
    targets = torch.from_numpy(teacher_vectors(teacher, tokenizer, texts))
    held_out = max(1, len(texts) // 50)
    _fit(student, tokenizer, texts[held_out:], targets[held_out:], epochs, seed)
    agreement = _agreement(student, tokenizer, texts[:held_out], targets[:held_out])
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: value.half().contiguous() for name, value in student.state_dict().items()}
    save_file(weights, out / "text.safetensors")
    shutil.copyfile(teacher_folder / TOKENIZER_FILE, out / TOKENIZER_FILE)
    log.info("text tower agrees with its teacher by a mean cosine of %.3f", agreement)
    return agreement


def _fit(
    student: TextEncoder,
    tokenizer: SentenceTokenizer,
    texts: Sequence[str],
    targets: Tensor,
    epochs: int,
    seed: int,
) -> None:
    batch, peak = 256, 4e-4
    steps = epochs * (len(texts) // batch)
    optimizer = torch.optim.AdamW(student.parameters(), lr=peak, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=steps, pct_start=0.08)
    chance = np.random.default_rng(seed)
    lengths = np.array([len(text) for text in texts])
    for epoch in range(epochs):
        order = np.argsort(lengths + chance.normal(0, 4, len(texts)), kind="stable")
        batches = order[: len(order) // batch * batch].reshape(-1, batch)
        for step, rows in enumerate(chance.permutation(batches)):
            ids, mask = tokenizer([texts[row] for row in rows])
            with torch.autocast("cpu", torch.bfloat16):
                states = student(ids, mask)
            loss = 1 - F.cosine_similarity(sentence_mean(states.float(), mask), targets[rows].float()).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if step % 50 == 0:
                log.info("epoch %d step %d/%d: 1 - cosine %.4f", epoch, step, len(batches), loss.item())


def _agreement(
    student: TextEncoder, tokenizer: SentenceTokenizer, texts: Sequence[str], targets: Tensor
) -> float:
    student.eval()
    ids, mask = tokenizer(texts)
    with torch.inference_mode():
        vectors = sentence_mean(student(ids, mask), mask)
    return float(F.cosine_similarity(vectors, targets.float()).mean())
