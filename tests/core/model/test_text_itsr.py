"""The whole network: unit vectors, direction by construction."""

from __future__ import annotations

import torch

from changeseek.core.model.text_itsr import TextItsr

IMAGES = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(2))


def test_change_and_scene_vectors_have_unit_length(tiny_network: TextItsr) -> None:
    tokens = tiny_network.tokens(IMAGES)
    change = tiny_network.change(tokens[:2], tokens[2:])
    for vectors in (tiny_network.scene(tokens), change):
        assert torch.allclose(vectors.norm(dim=1), torch.ones(len(vectors)), atol=1e-5)


def test_the_second_half_of_a_change_vector_turns_round_with_the_dates(tiny_network: TextItsr) -> None:
    tokens = tiny_network.tokens(IMAGES)
    forth = tiny_network.change(tokens[:2], tokens[2:])[:, 16:]
    back = tiny_network.change(tokens[2:], tokens[:2])[:, 16:]
    cosine = torch.nn.functional.cosine_similarity(forth, back)
    assert torch.allclose(cosine, -torch.ones(2), atol=1e-4)


def test_a_pair_of_equal_dates_has_no_difference_half(tiny_network: TextItsr) -> None:
    tokens = tiny_network.tokens(IMAGES)
    assert tiny_network.change(tokens, tokens)[:, 16:].abs().max() < 1e-6
