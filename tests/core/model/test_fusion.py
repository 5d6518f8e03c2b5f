"""The six fusions: their operators, their shapes, and which of them know the direction."""

from __future__ import annotations

import pytest
import torch

from changeseek.core.model.fusion import FUSIONS, make_fusion

BEFORE, AFTER = torch.randn(2, 3, 16, 8, generator=torch.Generator().manual_seed(1)).unbind(0)


@pytest.mark.parametrize("name", FUSIONS)
def test_a_fusion_gives_one_vector_a_pair_of_the_width_it_promises(name: str) -> None:
    fusion = make_fusion(name, width=8, side=4)
    assert fusion(BEFORE, AFTER).shape == (3, fusion.width)


@pytest.mark.parametrize("name", FUSIONS)
def test_swapping_the_dates_matters_except_for_the_symmetric_operators(name: str) -> None:
    fusion = make_fusion(name, width=8, side=4)
    same = torch.allclose(fusion(BEFORE, AFTER), fusion(AFTER, BEFORE), atol=1e-6)
    assert same == (name in ("gff-sum", "gff-product"))


def test_operators_are_those_of_the_paper_on_the_mean_tokens() -> None:
    before, after = BEFORE.mean(1), AFTER.mean(1)
    expected = {
        "gff-concat": torch.cat((before, after), 1),
        "gff-subtract": after - before,
        "gff-sum": before + after,
        "gff-product": before * after,
        "gff-all": torch.cat((before, after, after - before), 1),
    }
    for name, vectors in expected.items():
        assert torch.allclose(make_fusion(name, 8, 4)(BEFORE, AFTER), vectors)


def test_token_fusion_of_a_pair_does_not_depend_on_its_batch() -> None:
    fusion = make_fusion("tff", width=8, side=4).eval()
    alone = fusion(BEFORE[:1], AFTER[:1])
    assert torch.allclose(fusion(BEFORE, AFTER)[:1], alone, atol=1e-6)
