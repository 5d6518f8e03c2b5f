"""Plans, builds and questions about the engine itself, each answered by a signal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from changeseek.core.engine.messages import BuildIndex, Plan, PlanAnswer, Progress
from changeseek.plugin.workspace import Workspace


@pytest.fixture
def build(two_dates: Any, tmp_path: Path) -> BuildIndex:
    before, after = map(str, two_dates)
    return BuildIndex(before, after, str(tmp_path / "new.csx"), tile=64, stride=64, device="cpu")


def test_a_plan(workspace: Workspace, build: BuildIndex, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.planned) as planned:
        workspace.plan(Plan(**vars(build)))
    assert planned.args[0].tiles == 64


def test_only_the_newest_plan_is_told(workspace: Workspace, build: BuildIndex, qtbot: Any) -> None:
    plans: list[PlanAnswer] = []
    workspace.planned.connect(plans.append)
    workspace.plan(Plan(**vars(build)))
    workspace.plan(Plan(**vars(replace(build, tile=128, stride=128))))
    qtbot.waitUntil(lambda: bool(plans))
    qtbot.wait(300)
    assert [plan.tiles for plan in plans] == [16]


def test_a_build_reports_its_progress_and_its_end(
    workspace: Workspace, build: BuildIndex, qtbot: Any
) -> None:
    reports: list[Progress] = []
    workspace.buildProgressed.connect(reports.append)
    with qtbot.waitSignal(workspace.buildEnded) as ended:
        workspace.build(build)
        was_building = workspace.building
    assert (ended.args[0].state, ended.args[0].tiles) == ("complete", 64)
    assert (was_building, workspace.building) == (True, False)
    assert reports[-1].total == 64


def test_a_cancelled_build_ends_with_nothing_and_without_a_fault(
    workspace: Workspace, build: BuildIndex, qtbot: Any
) -> None:
    with qtbot.assertNotEmitted(workspace.failed):
        with qtbot.waitSignal(workspace.buildEnded) as ended:
            workspace.build(replace(build, tile=16, stride=8))
            workspace.cancel_build()
        assert ended.args == [None]
    assert not workspace.building


def test_a_build_that_cannot_be_is_said(workspace: Workspace, build: BuildIndex, qtbot: Any) -> None:
    ended: list[object] = []
    workspace.buildEnded.connect(ended.append)
    with qtbot.waitSignal(workspace.failed) as failed:
        workspace.build(replace(build, before="/missing.tif"))
    assert ended == []
    assert failed.args[0] == "build"
    assert failed.args[1].advice


def test_what_the_engine_is_and_knows(workspace: Workspace, qtbot: Any) -> None:
    asked = [workspace.modelsKnown, workspace.statusKnown]
    with qtbot.waitSignals(asked):
        workspace.ask_models()
        workspace.ask_status()
    with qtbot.waitSignals([workspace.vocabularyKnown, workspace.helloKnown]):
        workspace.ask_vocabulary()
        workspace.say_hello()


def test_a_text_is_offered_to_the_query_box(workspace: Workspace, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.queryOffered) as offered:
        workspace.offer_query("houses were built")
    assert offered.args == ["houses were built"]
