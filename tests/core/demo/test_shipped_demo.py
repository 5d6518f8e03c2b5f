"""What the demo promises of the shipped model, on a quarter of its scene so that it takes seconds."""

from __future__ import annotations

import pytest

from changeseek.core import load_model
from changeseek.core.captions.bank import read_bank
from changeseek.core.demo.command import make_demo
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.demo.report import DemoReport

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> DemoReport:
    folder = DemoFolder(tmp_path_factory.mktemp("shipped") / "demo")
    return make_demo(folder, 2, 2048, load_model(device="cpu"), read_bank())


def test_of_the_ten_best_tiles_at_least_seven_are_right(report: DemoReport) -> None:
    assert report.mean_precision_at_10 >= 0.7


def test_average_precision_is_far_above_chance_and_above_pixel_difference(report: DemoReport) -> None:
    assert report.mean_ap >= 5 * report.mean_floor
    assert report.mean_ap > report.mean_ap_pixel_difference


def test_every_query_beats_pixel_difference_by_itself(report: DemoReport) -> None:
    for query in report.queries:
        assert query.figures.ap > query.pixel_difference.ap, query.query.text


def test_captions_say_what_happened_and_that_nothing_did(report: DemoReport) -> None:
    assert report.captions.known_tiles >= 50
    assert report.captions.top5 >= 0.8
    assert report.captions.nothing >= 0.8


def test_events_are_rare_enough_to_be_worth_searching(report: DemoReport) -> None:
    assert all(query.figures.floor <= 0.3 for query in report.queries)
