"""ChangeSeek's entry in the Processing toolbox."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..translation import tr
from .base import ROOT
from .caption import CaptionAlgorithm
from .import_answers import ImportAnswersAlgorithm
from .index import IndexAlgorithm
from .propose_pairs import ProposePairsAlgorithm
from .search import SearchAlgorithm
from .similar import SimilarAlgorithm
from .status import StatusAlgorithm

ALGORITHMS = (
    *(IndexAlgorithm, SearchAlgorithm, SimilarAlgorithm, CaptionAlgorithm),
    *(ProposePairsAlgorithm, ImportAnswersAlgorithm, StatusAlgorithm),
)


class ChangeSeekProvider(QgsProcessingProvider):
    """The algorithms of ChangeSeek; looking at them starts no engine."""

    def id(self) -> str:
        """First part of every algorithm's id."""
        return "changeseek"

    def name(self) -> str:
        """In the toolbox."""
        return "ChangeSeek"

    def longName(self) -> str:
        """Where there is room."""
        return tr("ChangeSeek: search for what changed between two rasters")

    def versionInfo(self) -> str:
        """The plugin's version."""
        from configparser import ConfigParser

        metadata = ConfigParser(interpolation=None)
        metadata.read(ROOT / "metadata.txt", encoding="utf-8")
        return metadata.get("general", "version", fallback="")

    def svgIconPath(self) -> str:
        """The plugin's picture."""
        return str(ROOT / "resources" / "icons" / "changeseek.svg")

    def icon(self) -> QIcon:
        """The same picture for widgets."""
        return QIcon(self.svgIconPath())

    def loadAlgorithms(self) -> None:
        """Called by Processing."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
