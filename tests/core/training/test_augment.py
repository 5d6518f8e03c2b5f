"""Augmentation keeps the two dates on one ground and in range."""

from __future__ import annotations

import torch

from changeseek.core.training.augment import augment, other_season


def _pairs(count: int) -> torch.Tensor:
    ramp = torch.linspace(0, 255, 32).expand(32, 32)
    image = torch.stack((ramp, ramp.T, 255 - ramp)).to(torch.uint8)
    return image.expand(count, 2, 3, 32, 32).clone()


def test_shape_stays_and_values_are_shares() -> None:
    augmented = augment(_pairs(6), torch.Generator().manual_seed(0))
    assert augmented.shape == (6, 2, 3, 32, 32)
    assert augmented.dtype == torch.float32
    assert augmented.min() >= 0 and augmented.max() <= 1


def test_the_dates_stay_aligned_but_differ_in_light() -> None:
    augmented = augment(_pairs(30), torch.Generator().manual_seed(1))
    before, after = augmented.flatten(3).mean(2).unbind(1)
    together = torch.stack(
        [torch.corrcoef(torch.stack(pair))[0, 1] for pair in zip(before, after, strict=True)]
    )
    assert together.median() > 0.8
    assert (augmented[:, 0] - augmented[:, 1]).abs().mean() > 0.01


def test_the_same_seed_gives_the_same_pictures() -> None:
    one, other = (augment(_pairs(4), torch.Generator().manual_seed(7)) for _ in range(2))
    assert torch.equal(one, other)


def test_another_season_dries_what_is_green_and_leaves_what_is_not() -> None:
    colours = torch.tensor([[0.2, 0.5, 0.2], [0.6, 0.3, 0.6]])
    fields = colours.view(2, 1, 3, 1, 1).expand(2, 2, 3, 4, 4).repeat(40, 1, 1, 1, 1)
    moved = (other_season(fields, torch.Generator().manual_seed(2)) - fields).abs().amax((1, 2, 3, 4))
    green, violet = moved[0::2], moved[1::2]
    assert green.max() > 0.04
    assert violet.max() < 0.01
