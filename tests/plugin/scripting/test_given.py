"""What a script gives is taken as it comes, or refused with an advice."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsRectangle

from changeseek.plugin.errors import BadRequestError
from changeseek.plugin.scripting.given import corners_of


@pytest.mark.parametrize("extent", [(1, 2, 3, 4), [1, 2, 3, 4], QgsRectangle(1, 2, 3, 4)])
def test_an_extent_is_four_numbers_in_whatever_holds_them(extent: Any) -> None:
    assert corners_of(extent) == (1.0, 2.0, 3.0, 4.0)
    assert corners_of(None) is None


def test_too_few_numbers_are_told() -> None:
    with pytest.raises(BadRequestError, match="and not 3"):
        corners_of((1, 2, 3))
