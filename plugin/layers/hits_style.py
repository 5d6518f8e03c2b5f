"""How hits look on the map: the shipped style, its classes fitted to the scores that a layer really has."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsFillSymbol, QgsGraduatedSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

STYLES = Path(__file__).resolve().parent.parent.parent / "resources" / "styles"
_SCORE = "score"
_SELECTED = {"style": "no", "outline_color": "0,229,255,255", "outline_width": "1.1", "joinstyle": "miter"}


def style_hits(layer: QgsVectorLayer) -> None:
    """Give a layer of hits the shipped style, with equally wide classes from its lowest score to its highest.

    Alone, the style shares out the range by an expression, so that it fits any file without our help; here
    the legend gets real scores, and a filter on the layer changes no colours.
    """
    layer.loadNamedStyle(str(STYLES / "hits.qml"))
    fit_classes(layer)
    _outline_selection(layer)


def fit_classes(layer: QgsVectorLayer) -> None:
    """Fit the classes to the scores; a renderer that is not graduated is the user's own and stays."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsGraduatedSymbolRenderer):
        return
    low, high = layer.minimumAndMaximumValue(layer.fields().indexOf(_SCORE))
    if not isinstance(low, float) or not isinstance(high, float):
        return  # the layer is empty
    renderer = renderer.clone()
    renderer.setClassAttribute(_SCORE)
    renderer.sortByValue(Qt.SortOrder.AscendingOrder)
    count = len(renderer.ranges())
    # Where all hits score the same, they are all the strongest.
    span = (high - low) or 1.0
    edges = [high - span * (count - number) / count for number in range(count)] + [high]
    for number in range(count):
        renderer.updateRangeLowerValue(number, edges[number])
        renderer.updateRangeUpperValue(number, edges[number + 1])
        renderer.updateRangeLabel(number, f"{edges[number]:.3f} – {edges[number + 1]:.3f}")
    # The legend reads as the list of hits does: the best first.
    renderer.sortByValue(Qt.SortOrder.DescendingOrder)
    layer.setRenderer(renderer)


def _outline_selection(layer: QgsVectorLayer) -> None:
    """QGIS would fill the selected tile with yellow, so that nobody sees what is in it."""
    properties = layer.selectionProperties()
    properties.setSelectionRenderingMode(Qgis.SelectionRenderingMode.CustomSymbol)
    properties.setSelectionSymbol(QgsFillSymbol.createSimple(_SELECTED))
