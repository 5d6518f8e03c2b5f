"""The layer of hits: shown, chosen from, filtered, reviewed."""

from __future__ import annotations

from qgis.core import QgsDataProvider, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..errors import LayerError
from ..layers.group import HITS, IndexGroup
from ..layers.hits import LAYER, REVIEW, open_hits
from ..layers.hits_style import fit_classes
from ..translation import tr
from .hits_files import HitRow, HitsFile


class HitsOnMap(QObject):
    """The hits of an index on the map; on the GUI's thread only.

    Looks its layer up at each use, because the user may remove it at any time.

    Args:
        group: The index's layers.
        parent: Owner.
    """

    # The user selected the feature of a tile on the map or in the attribute table.
    selected = pyqtSignal(str)

    def __init__(self, group: IndexGroup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._rows: dict[str, HitRow] = {}
        self._listened_to = ""
        self._selecting = False

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The layer, None where there is none."""
        layer = self._group.layer(HITS)
        return layer if isinstance(layer, QgsVectorLayer) else None

    def show(self, file: HitsFile, title: str) -> None:
        """Show another file of hits.

        In the layer that is there, so that its place and the user's changes to its style stay; but a layer
        that the user is editing is left to the user.

        Raises:
            LayerError: The file cannot be opened.
        """
        layer = self.layer or self._broken()
        if layer is not None and layer.isEditable():
            self._release()
            layer = None
        if layer is None:
            layer = open_hits(file.path, title)
            self._group.add(layer, HITS)
        elif file.new or not layer.isValid() or layer.source() != _source(file):
            self._exchange(layer, file)
            layer.setName(title)
        self.take(file)

    def take(self, file: HitsFile) -> None:
        """Believe that the layer shows this file, as after a project was opened."""
        self._rows = dict(file.rows)
        layer = self.layer
        if layer is not None and layer.id() != self._listened_to:
            layer.selectionChanged.connect(self._on_selection)
            self._listened_to = layer.id()

    def clear(self) -> None:
        """Take the layer off the map, because a question has no hits."""
        self._rows = {}
        self.stop_listening()
        self._group.remove(HITS)

    def stop_listening(self) -> None:
        """Let go of the layer, which stays on the map."""
        layer = self.layer
        if layer is not None and layer.id() == self._listened_to:
            layer.selectionChanged.disconnect(self._on_selection)
        self._listened_to = ""

    def select(self, tile_id: str) -> None:
        """Select the feature of a tile, or none where the tile is no hit; `selected` is not emitted."""
        layer, row = self.layer, self._rows.get(tile_id)
        wanted = [] if row is None else [row.feature]
        if layer is None or layer.selectedFeatureIds() == wanted:
            return
        self._selecting = True
        try:
            layer.selectByIds(wanted)
        finally:
            self._selecting = False

    def filter(self, least_score: float | None, most: int | None) -> None:
        """Show hits of at least a score and up to a rank only; None for no limit."""
        terms = [] if least_score is None else [f'"score" >= {float(least_score)!r}']
        terms += [] if most is None else [f'"rank" <= {int(most)}']
        layer, subset = self.layer, " AND ".join(terms)
        if layer is not None and layer.subsetString() != subset and not layer.isEditable():
            layer.setSubsetString(subset)

    def verdict(self, tile_id: str) -> str:
        """Kept, rejected, or empty."""
        row = self._rows.get(tile_id)
        return "" if row is None else row.verdict

    def mark(self, tile_id: str, verdict: str) -> None:
        """Write a verdict into the file; nothing where the tile is no hit.

        Raises:
            LayerError: The file cannot be written.
        """
        layer, row = self.layer, self._rows.get(tile_id)
        if row is None or row.verdict == verdict:
            return
        if layer is None:
            raise not_on_the_map()
        change = {row.feature: {layer.fields().indexOf(REVIEW): verdict or None}}
        if not layer.dataProvider().changeAttributeValues(change):
            raise LayerError(
                tr("the review could not be written to {}").format(layer.source().partition("|")[0]),
                tr("Check that the file can be written and that no other program holds it"),
            )
        self._rows[tile_id] = HitRow(row.feature, verdict)
        layer.triggerRepaint()

    def _broken(self) -> QgsVectorLayer | None:
        """A layer whose file has gone, to be filled anew: its place and its style stay."""
        layer = self._group.broken(HITS)
        return layer if isinstance(layer, QgsVectorLayer) else None

    def _exchange(self, layer: QgsVectorLayer, file: HitsFile) -> None:
        layer.removeSelection()
        options = QgsDataProvider.ProviderOptions()
        layer.setDataSource(_source(file), layer.name(), "ogr", options, False)
        if not layer.isValid():
            raise LayerError(tr("the hits in {} cannot be opened").format(file.path), tr("Search again"))
        fit_classes(layer)

    def _release(self) -> None:
        self.stop_listening()
        self._group.release(HITS)

    def _on_selection(self) -> None:
        layer = self.layer
        if self._selecting or layer is None:
            return
        ids = set(layer.selectedFeatureIds())
        # Of several the best, in whose order the rows are.
        chosen = next((tile_id for tile_id, row in self._rows.items() if row.feature in ids), None)
        if chosen is not None:
            self.selected.emit(chosen)


def not_on_the_map() -> LayerError:
    """The user has removed the layer of the hits that are listed."""
    return LayerError(tr("the hits are not on the map any more"), tr("Search again"))


def _source(file: HitsFile) -> str:
    return f"{file.path}|layername={LAYER}"
