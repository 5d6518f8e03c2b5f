"""`changeseek:index` with the real engine: two rasters in, an index folder out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
)

from changeseek.core.engine.messages import Info, InfoAnswer
from changeseek.plugin.gate.session import the_gate

from .conftest import Feedback

Run = Callable[..., dict[str, Any]]


def _info(folder: Path) -> InfoAnswer:
    return the_gate().call(Info(str(folder)))


def _parts(folder: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in sorted((folder / "tiles").glob("part-*.parquet"))}


@pytest.fixture
def dates(two_dates: Any) -> dict[str, str]:
    return {"BEFORE": str(two_dates.before), "AFTER": str(two_dates.after)}


def test_the_index_is_the_command_lines_byte_by_byte(
    run: Run, dates: dict[str, str], small_index: Path, tmp_path: Path, feedback: Any
) -> None:
    folder = tmp_path / "town.csx"
    built = run("index", **dates, TILE=64, INDEX=str(folder))
    assert built == {"INDEX": str(folder), "TILES": 64, "SKIPPED": 0}
    assert _parts(folder) == _parts(small_index)
    assert feedback.progress() == 100
    assert [line for line in feedback.infos if line.startswith("64 tiles by the model embedded on ")]


def test_layers_of_the_project_are_taken_by_their_files(run: Run, two_dates: Any, tmp_path: Path) -> None:
    layers = [QgsRasterLayer(str(file), file.stem) for file in two_dates]
    QgsProject.instance().addMapLayers(layers)
    before, after = (layer.id() for layer in layers)
    run("index", BEFORE=before, AFTER=after, TILE=128, INDEX=str(tmp_path / "town.csx"))
    info = _info(tmp_path / "town.csx")
    assert (info.before.path, info.after.path) == tuple(map(str, two_dates))
    assert (info.before.date, info.after.date) == ("2015-06-01", "2020-06-01")


def test_stride_and_ground_sample_distance_make_the_grid(
    run: Run, dates: dict[str, str], tmp_path: Path
) -> None:
    built = run("index", **dates, TILE=64, STRIDE=32, GSD=2.0, INDEX=str(tmp_path / "town.csx"))
    info = _info(tmp_path / "town.csx")
    assert (info.tile, info.stride, info.gsd, info.width) == (64, 32, 2.0, 256)
    assert built["TILES"] == 7 * 7


def test_an_extent_in_another_crs_is_the_same_ground(
    run: Run, dates: dict[str, str], two_dates: Any, tmp_path: Path
) -> None:
    corner = QgsRasterLayer(str(two_dates.before), "before").extent()
    corner.setXMaximum(corner.xMinimum() + 128)
    corner.setYMinimum(corner.yMaximum() - 128)
    utm, world = QgsCoordinateReferenceSystem("EPSG:32633"), QgsCoordinateReferenceSystem("EPSG:4326")
    to_world = QgsCoordinateTransform(utm, world, QgsProject.instance())
    extents = [QgsReferencedRectangle(corner, utm), QgsReferencedRectangle(to_world.transform(corner), world)]
    for number, extent in enumerate(extents):
        run("index", **dates, TILE=64, EXTENT=extent, INDEX=str(tmp_path / f"{number}.csx"))
    here, there = (_info(tmp_path / f"{number}.csx") for number in range(2))
    assert (here.width, here.height) == (128, 128)
    assert abs(there.width - 128) < 4 and abs(there.height - 128) < 4
    assert abs(there.transform[2] - corner.xMinimum()) < 4


def test_an_extent_as_processing_writes_it(run: Run, dates: dict[str, str], tmp_path: Path) -> None:
    run(
        "index",
        **dates,
        TILE=64,
        EXTENT="500000,500128,5819872,5820000 [EPSG:32633]",
        INDEX=str(tmp_path / "town.csx"),
    )
    assert (_info(tmp_path / "town.csx").width, _info(tmp_path / "town.csx").height) == (128, 128)


def test_bands_and_dates_reach_the_index(run: Run, dates: dict[str, str], tmp_path: Path) -> None:
    run(
        "index",
        **dates,
        TILE=256,
        BANDS="3,2,1",
        BANDS_AFTER="1,2,3",
        DATES="2001-02-03,2004-05-06",
        DEVICE="cpu",
        INDEX=str(tmp_path / "town.csx"),
    )
    info = _info(tmp_path / "town.csx")
    assert (info.before.bands, info.after.bands) == ((3, 2, 1), (1, 2, 3))
    assert (info.before.date, info.after.date) == ("2001-02-03", "2004-05-06")


def test_a_temporary_folder_will_do(run: Run, dates: dict[str, str]) -> None:
    built = run("index", **dates, TILE=256, INDEX="TEMPORARY_OUTPUT")
    assert (Path(built["INDEX"]) / "index.json").is_file()


def test_an_empty_folder_that_was_chosen_is_filled(run: Run, dates: dict[str, str], tmp_path: Path) -> None:
    run("index", **dates, TILE=256, INDEX=str(tmp_path))
    assert _info(tmp_path).state == "complete"


def test_a_relative_folder_lies_where_qgis_runs(
    run: Run, dates: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("index", **dates, TILE=256, INDEX="town.csx")["INDEX"] == str(tmp_path / "town.csx")


def test_a_cancelled_build_goes_on_later(dates: dict[str, str], tmp_path: Path) -> None:
    import processing

    # So many tiles that the engine has not made the last of them before it hears of the end.
    wish = {**dates, "TILE": 32, "STRIDE": 4, "INDEX": str(tmp_path / "town.csx")}
    # Two of 121 rows of tiles, which is 1.653 per cent.
    less_than_a_part, more_than_a_part = 1.65, 1.66
    first, second = (Feedback(cancel_beyond=more_than_a_part) for _ in range(2))
    for feedback in (first, second):
        assert processing.run("changeseek:index", wish, feedback=feedback) == {}
        assert "stopped. What was finished is kept" in feedback.infos
        assert _info(tmp_path / "town.csx").state == "building"
    assert first.percents[0] < less_than_a_part < second.percents[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"TILE": 64, "STRIDE": 65}, r"leaves gaps between tiles of 64\. Give a stride"),
        ({"TILE": 0}, "value for TILE"),
        ({"GSD": -1}, "value for GSD"),
        ({"DEVICE": "abacus"}, "value for DEVICE"),
        ({"MODEL": "crystal-ball"}, r"crystal-ball.*\. [A-Z]"),
        ({"BANDS": "9,9,9"}, r"band.*\. [A-Z]"),
        ({"DATES": "yesterday"}, r"yesterday.*\. [A-Z]"),
        ({"EXTENT": "0,1,0,1 [EPSG:32633]"}, r"\. [A-Z]"),
    ],
)
def test_wrong_input_leaves_nothing_behind(
    run: Run, dates: dict[str, str], tmp_path: Path, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(QgsProcessingException, match=words):
        run("index", **{**dates, **wrong}, INDEX=str(tmp_path / "town.csx"))
    assert list(tmp_path.iterdir()) == []


def test_the_same_raster_twice_is_refused(run: Run, two_dates: Any, tmp_path: Path) -> None:
    before = str(two_dates.before)
    with pytest.raises(QgsProcessingException, match="same raster"):
        run("index", BEFORE=before, AFTER=before, INDEX=str(tmp_path / "town.csx"))


def test_the_same_raster_by_layer_and_by_file_is_refused(run: Run, two_dates: Any, tmp_path: Path) -> None:
    layer = QgsRasterLayer(str(two_dates.before), "before")
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match="same raster"):
        run("index", BEFORE=layer, AFTER=str(two_dates.before), INDEX=str(tmp_path / "town.csx"))


def test_a_web_layer_is_refused_with_the_way_out(run: Run, two_dates: Any, tmp_path: Path) -> None:
    layer = QgsRasterLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.png&zmax=3&zmin=0", "web", "wms")
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match=r"web.*\. Export it first"):
        run("index", BEFORE=layer, AFTER=str(two_dates.after), INDEX=str(tmp_path / "town.csx"))


def test_a_folder_with_something_else_in_it_is_not_touched(
    run: Run, dates: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(QgsProcessingException, match=r"exists.*\. Name a folder"):
        run("index", **dates, INDEX=str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]
