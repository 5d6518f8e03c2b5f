"""The provider in Processing's registry, and a feedback that remembers what it was told."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingFeedback

from changeseek.plugin.gate.session import close_the_gate
from changeseek.plugin.processing.provider import ChangeSeekProvider


@pytest.fixture(scope="session", autouse=True)
def _engine_ends() -> Iterator[None]:
    """One engine for all algorithms, as in a session of QGIS."""
    yield
    close_the_gate()


@pytest.fixture(scope="module", autouse=True)
def _provider(qgis_processing: None) -> Iterator[None]:
    """Registered as the plugin does it, and gone before other tests load the plugin."""
    provider = ChangeSeekProvider()
    assert QgsApplication.processingRegistry().addProvider(provider)
    yield
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture(autouse=True)
def _no_layer_outlives_its_test(qgis_new_project: None) -> Iterator[None]:
    yield
    gc.collect()


class Feedback(QgsProcessingFeedback):
    """Remembers; may cancel itself beyond some per cent."""

    def __init__(self, *, cancel_beyond: float = 100.0) -> None:
        super().__init__(False)
        self._cancel_beyond = cancel_beyond
        self.percents: list[float] = []
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.texts: list[str] = []
        self.progressChanged.connect(self._progressed)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - Qt's name
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - Qt's name
        self.warnings.append(warning)

    def setProgressText(self, text: str) -> None:  # noqa: N802 - Qt's name
        self.texts.append(text)

    def _progressed(self, percent: float) -> None:
        self.percents.append(percent)
        if percent > self._cancel_beyond:
            self.cancel()


@pytest.fixture
def feedback() -> Feedback:
    return Feedback()


@pytest.fixture
def run(feedback: Feedback) -> Callable[..., dict[str, Any]]:
    """`processing.run` of one of ChangeSeek's algorithms, parameters by name."""
    import processing

    def run_algorithm(name: str, **parameters: Any) -> dict[str, Any]:
        results: dict[str, Any] = processing.run(f"changeseek:{name}", parameters, feedback=feedback)
        return results

    return run_algorithm
