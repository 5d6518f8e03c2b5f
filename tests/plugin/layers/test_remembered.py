"""A saved project knows the index and the last question again, also after it was moved with its data."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsProject

from changeseek.core.engine.messages import Histogram, Hit, HitsAnswer, InfoAnswer, Search, Similar
from changeseek.plugin.layers.remembered import Memory, Remembered

HIT = Hit(1, "r000c000", 0.9, 99.0, (0.0, 0.0, 1.0, 1.0), "EPSG:32633")


def _memory(info: InfoAnswer) -> Memory:
    asked = Search(info.index, 'a "road" <was> built -> ä', "after", 50, without="a lake", bins=4)
    answer = HitsAnswer(asked.text, 64, (HIT,), Histogram((1, 2, 3, 4), -0.5, 0.5), ("a raster has changed",))
    return Memory(info, asked, answer)


def test_a_project_without_changeseek_remembers_nothing(qgis_app: Any) -> None:
    assert Remembered(QgsProject()).read() is None


def test_what_was_written_is_read_without_the_hits(qgis_app: Any, info: InfoAnswer) -> None:
    remembered, memory = Remembered(QgsProject()), _memory(info)
    remembered.write(memory)
    assert memory.answer is not None
    assert remembered.read() == replace(memory, answer=replace(memory.answer, hits=()))


def test_a_question_for_similar_tiles_is_remembered_too(qgis_app: Any, info: InfoAnswer) -> None:
    remembered = Remembered(QgsProject())
    remembered.write(replace(_memory(info), asked=Similar(info.index, "r001c002", 30)))
    read = remembered.read()
    assert read is not None
    assert read.asked == Similar(info.index, "r001c002", 30)


def test_an_index_without_a_question_is_remembered(qgis_app: Any, info: InfoAnswer) -> None:
    remembered = Remembered(QgsProject())
    remembered.write(_memory(info))
    remembered.write(Memory(info))
    assert remembered.read() == Memory(info)


def test_project_index_and_rasters_can_be_moved_together(
    qgis_app: Any, info: InfoAnswer, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    before, after = (replace(one, path=str(here / Path(one.path).name)) for one in (info.before, info.after))
    memory = Memory(replace(info, index=str(here / "town.csx"), before=before, after=after))
    project = QgsProject()
    project.writeProject.connect(lambda: Remembered(project).write(memory))
    assert project.write(str(here / "town.qgs"))
    written = (here / "town.qgs").read_text().partition("<ChangeSeek>")[2].partition("</ChangeSeek>")[0]
    assert "town.csx" in written
    assert str(tmp_path) not in written
    there = Path(shutil.move(here, tmp_path / "there"))
    moved = QgsProject()
    moved.read(str(there / "town.qgs"))
    read = Remembered(moved).read()
    assert read is not None
    assert read.index.index == str(there / "town.csx")
    assert read.index.before.path == str(there / Path(before.path).name)


def test_what_is_no_path_stays(qgis_app: Any, info: InfoAnswer, tmp_path: Path) -> None:
    memory = Memory(replace(info, before=replace(info.before, path="/vsicurl/https://example.org/a.tif")))
    project = QgsProject()
    project.setFileName(str(tmp_path / "a.qgs"))
    Remembered(project).write(memory)
    read = Remembered(project).read()
    assert read is not None
    assert read.index.before.path == memory.index.before.path


def test_writing_the_same_again_does_not_change_the_project(qgis_app: Any, info: InfoAnswer) -> None:
    project = QgsProject()
    Remembered(project).write(_memory(info))
    project.setDirty(False)
    Remembered(project).write(_memory(info))
    assert not project.isDirty()


def test_entries_of_another_form_are_not_believed(qgis_app: Any) -> None:
    project = QgsProject()
    project.writeEntry("ChangeSeek", "index/info", '{"folder": "from a later version"}')
    assert Remembered(project).read() is None


def test_what_is_forgotten_is_gone(qgis_app: Any, info: InfoAnswer) -> None:
    remembered = Remembered(QgsProject())
    remembered.write(_memory(info))
    remembered.forget()
    assert remembered.read() is None
