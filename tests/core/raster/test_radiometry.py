"""Stored values become 0..255 by one map for the whole raster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeseek.core.raster.radiometry import IDENTITY, Stretch, measure_stretch

RNG = np.random.default_rng(0)


def test_the_bulk_of_the_values_fills_the_range() -> None:
    values = RNG.uniform(1000, 3000, (3, 10000))
    values[:, :20] = 60000
    stretch = measure_stretch(values, is_8_bit=False)
    assert stretch.low == pytest.approx((1000, 1000, 1000), abs=60)
    assert stretch.high == pytest.approx((3000, 3000, 3000), abs=60)


def test_well_stretched_8_bit_imagery_is_left_alone() -> None:
    values = RNG.integers(20, 230, (3, 5000), dtype=np.uint8)
    assert measure_stretch(values, is_8_bit=True) == IDENTITY
    assert IDENTITY.apply(values) is values


def test_dull_8_bit_imagery_is_stretched() -> None:
    values = RNG.integers(20, 60, (3, 5000), dtype=np.uint8)
    stretched = measure_stretch(values, is_8_bit=True).apply(values)
    assert np.ptp(stretched) > 200


def test_a_weak_band_is_not_blown_up() -> None:
    values = np.stack([RNG.uniform(0, high, 10000) for high in (1000, 1000, 10)])
    stretch = measure_stretch(values, is_8_bit=False)
    assert stretch.high[2] - stretch.low[2] == pytest.approx((stretch.high[0] - stretch.low[0]) / 2, rel=0.02)


@pytest.mark.parametrize("constant", [0.0, -3.5, 65535.0])
def test_a_constant_band_does_no_harm(constant: float) -> None:
    values = RNG.uniform(0, 5000, (3, 1000))
    values[1] = constant
    stretched = measure_stretch(values, is_8_bit=False).apply(values.reshape(3, 10, 100))
    assert (stretched[1] == 0).all()
    assert np.ptp(stretched[0]) > 200


def test_a_constant_raster_does_no_harm() -> None:
    stretched = measure_stretch(np.zeros((3, 50)), is_8_bit=False).apply(np.zeros((3, 5, 10)))
    assert (stretched == 0).all()


def test_no_pixel_at_all_leaves_values_alone() -> None:
    assert measure_stretch(np.zeros((3, 0)), is_8_bit=True) == IDENTITY


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "int32", "float32", "float64"])
def test_every_type_is_stretched_alike(dtype: str) -> None:
    stretch = Stretch((-20.0, 0.0, 10.0), (100.0, 60.0, 90.0))
    values = np.arange(96).reshape(3, 4, 8).astype(dtype)
    expected = np.rint(stretch.scaled(values.astype(np.float64)).clip(0, 255))
    assert stretch.apply(values).dtype == np.uint8
    np.testing.assert_array_equal(stretch.apply(values), expected)


def test_nan_becomes_black() -> None:
    assert (Stretch((0.0,) * 3, (1.0,) * 3).apply(np.full((3, 2, 2), np.nan)) == 0).all()


@given(st.floats(0.25, 4.0), st.floats(-200.0, 200.0))
def test_a_match_is_part_of_the_stretch(gain: float, offset: float) -> None:
    stretch = Stretch((0.0, 100.0, 200.0), (1000.0, 1100.0, 5200.0))
    values = np.linspace(0, 2000, 30).reshape(3, 10)
    matched = stretch.matched(np.full(3, gain), np.full(3, offset))
    np.testing.assert_allclose(matched.scaled(values), stretch.scaled(values) * gain + offset, atol=1e-6)
