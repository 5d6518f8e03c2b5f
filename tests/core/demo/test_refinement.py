"""What answers of a simulated user do to the demo's queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from changeseek.core import load_model
from changeseek.core.captions.bank import read_bank
from changeseek.core.demo.command import make_demo
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.evaluation.anneal.demo_refinement import refine_demo
from changeseek.core.index.layout import feedback_path
from changeseek.core.model.interface import PairModel


def test_it_judges_every_query_and_leaves_the_index_alone(
    demo: Any, make_colour_model: Callable[[], PairModel]
) -> None:
    alone, shared = refine_demo(demo.folder, make_colour_model(), 4)
    assert not feedback_path(demo.folder.index).exists()
    reported = [one.figures.ap for one in demo.report.queries]
    for refinements in (alone, shared):
        assert [one.ap for one in refinements.queries] == pytest.approx(reported)
        document = refinements.as_json()
        assert (document["answers"], len(document["queries"])) == (4, 12)
        assert document["worst_change"] <= document["mean_refined_ap"] - document["mean_ap"]


@pytest.mark.long
def test_forty_answers_raise_a_query_by_a_fifth_of_what_is_missing_and_harm_none(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    model = load_model(device="cpu")
    folder = DemoFolder(tmp_path_factory.mktemp("shipped") / "demo")
    make_demo(folder, 0, 4096, model, read_bank())
    alone, _ = refine_demo(folder, model, 40)
    assert alone.share_of_gap >= 0.2
    assert alone.worst_change >= -0.02
