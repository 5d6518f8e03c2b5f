"""Whether changed pairs come before quiet ones, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from changeseek.core.evaluation.detection import detect


def scores(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_all_changed_pairs_before_all_quiet_ones_is_the_most() -> None:
    found = detect(scores(5, 4, 3, 2, 1), changed=3)
    assert (found.area, found.ap) == (1.0, 1.0)


def test_the_area_is_the_share_of_pairs_of_pairs_in_the_right_order() -> None:
    # Of changed 4 and 1 against quiet 3, 2 and 0: three and one of three are beaten.
    found = detect(scores(4, 1, 3, 2, 0), changed=2)
    assert found.area == pytest.approx((3 + 1) / 6)
    assert found.ap == pytest.approx((1 / 1 + 2 / 4) / 2)
    assert found.floor == 2 / 5


def test_scores_that_do_not_differ_tell_nothing() -> None:
    assert detect(np.zeros(10, np.float32), changed=4).area == 0.5
