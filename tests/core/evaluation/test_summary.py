"""Mean and spread over galleries, for programs and for people."""

from __future__ import annotations

from changeseek.core.evaluation.summary import spread, summary


def test_every_number_becomes_mean_and_spread_in_the_same_structure() -> None:
    found = summary([{"a": {"b": [1.0, 4.0]}, "c": None}, {"a": {"b": [3.0, 4.0]}, "c": 1.0}])
    assert found["a"]["b"][0] == {"mean": 2.0, "sd": 2**0.5}
    assert found["a"]["b"][1] == {"mean": 4.0, "sd": 0.0}
    assert found["c"] is None


def test_one_gallery_has_no_spread() -> None:
    assert summary([{"a": 0.5}]) == {"a": {"mean": 0.5, "sd": None}}
    assert spread([0.5]) == "0.500"


def test_people_read_mean_and_deviation() -> None:
    assert spread([1.0, 3.0], 1) == "2.0 ± 1.4"
    assert spread([None, 3.0]) == "3.000"
    assert spread([None]) == ""
