from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from changeseek.core.engine.loaded import LoadedModels
from changeseek.core.errors import MachineFaultError
from changeseek.core.model.interface import PairEmbeddings, PairModel, Patches
from changeseek.tests.core.conftest import ColourModel


class LostModel:
    """A model whose device has gone."""

    def __init__(self, model: ColourModel) -> None:
        self._model = model

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def embed_pairs(self, before: Patches, after: Patches) -> PairEmbeddings:
        raise MachineFaultError("the device is lost", "Start again")


def test_a_tile_takes_time(make_colour_model: Callable[[], ColourModel]) -> None:
    assert LoadedModels().seconds_a_tile(make_colour_model(), 8) > 0


def test_what_keeps_a_model_from_being_measured_is_told(make_colour_model: Callable[[], ColourModel]) -> None:
    lost = cast("PairModel", LostModel(make_colour_model()))
    with pytest.raises(MachineFaultError, match="the device is lost"):
        LoadedModels().seconds_a_tile(lost, 8)
