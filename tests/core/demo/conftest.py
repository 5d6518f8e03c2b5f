"""A small drawn scene, and a whole demo made of it once, with the model that sees colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import platformdirs
import pytest

from changeseek.core.captions.bank import CaptionBank, Sentence
from changeseek.core.demo.command import make_demo
from changeseek.core.demo.drawing import PIXEL
from changeseek.core.demo.folder import DemoFolder
from changeseek.core.demo.report import DemoReport
from changeseek.core.demo.voice import Voice
from changeseek.core.model.interface import PairModel
from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.plan import DEMO_PLAN
from changeseek.core.scenes.scene import TwoDateScene

SEED, SIZE = 3, 512


class MadeDemo(NamedTuple):
    """A finished demo."""

    folder: DemoFolder
    report: DemoReport
    said: list[str]


MakeDemo = Callable[[Path], MadeDemo]


@pytest.fixture(scope="session")
def scene() -> TwoDateScene:
    return draw_scene(SEED, SIZE, ground_sample_distance=PIXEL, textures="held-out", plan=DEMO_PLAN)


@pytest.fixture(scope="session")
def small_bank() -> CaptionBank:
    meanings = {"nothing has changed": "nothing", "a lake was dug": "-> lake", "houses are gone": "houses ->"}
    return CaptionBank(tuple(Sentence(text, meaning) for text, meaning in meanings.items()))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@contextmanager
def caching_in(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
        yield


@pytest.fixture(autouse=True)
def own_cache(cache: Path) -> Iterator[None]:
    with caching_in(cache):
        yield


@pytest.fixture(scope="session")
def make(make_colour_model: Callable[[], PairModel], small_bank: CaptionBank, cache: Path) -> MakeDemo:
    def call(directory: Path) -> MadeDemo:
        said: list[str] = []
        folder = DemoFolder(directory)
        # The demo is made before any test begins, so before the cache of the tests is in place.
        with caching_in(cache):
            report = make_demo(folder, SEED, SIZE, make_colour_model(), small_bank, Voice(said.append))
        return MadeDemo(folder, report, said)

    return call


@pytest.fixture(scope="session")
def demo(make: MakeDemo, tmp_path_factory: pytest.TempPathFactory) -> MadeDemo:
    """Do not write into it."""
    return make(tmp_path_factory.mktemp("made") / "a demo")
