"""A QGIS project that shows both dates and where each query was answered.

Written from a template, because the engine has no QGIS. All paths are relative, so the folder can be moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from rasterio.crs import CRS

from changeseek.core.index.export import STYLE
from changeseek.core.index.files import write_text_whole
from changeseek.core.index.geopackage import LAYER
from changeseek.core.raster.grid import Bounds

_TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"
_QUOTES = {'"': "&quot;"}


@dataclass(frozen=True, slots=True)
class ProjectLayer:
    """A layer of the project.

    Attributes:
        id: Unique in the project; letters, digits and underscores, 17 at least, or QGIS chooses another.
        name: As QGIS shows it.
        source: Path relative to the project, with slashes.
        crs: Authority code.
        visible: Whether it is shown when the project opens.
        alpha: Band with the alpha of a raster, None where it has none.
    """

    id: str
    name: str
    source: str
    crs: str
    visible: bool = True
    alpha: int | None = None


def write_project(
    path: Path,
    title: str,
    dates: tuple[ProjectLayer, ProjectLayer],
    hits: Sequence[ProjectLayer],
    crs: str,
    bounds: Bounds,
) -> None:
    """Write the project.

    Args:
        path: Where to; the layers' sources are relative to its folder.
        title: Of the window.
        dates: The raster of the earlier and of the later date.
        hits: GeoPackages that `export_hits` wrote, in the order in which they are to be listed.
        crs: Authority code of the map.
        bounds: What the map shows when it opens, in that CRS.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    before, after = dates
    layers = [_hits_layer(layer) for layer in hits] + [_raster_layer(after), _raster_layer(before)]
    sides = {side: repr(float(value)) for side, value in bounds._asdict().items()}
    text = _filled(
        "demo.qgs",
        {"title": _safe(title), "layers": "".join(layers)}
        | sides
        | _crs(crs)
        | {"hits_tree": "".join(_in_tree(layer, "ogr") for layer in hits)}
        | {"before_tree": _in_tree(before, "gdal"), "after_tree": _in_tree(after, "gdal")},
    )
    write_text_whole(path, text)


def _hits_layer(layer: ProjectLayer) -> str:
    return _filled("demo_hits_layer.xml", _fields(layer, "ogr") | {"renderer": _renderer()})


def _raster_layer(layer: ProjectLayer) -> str:
    alpha = "-1" if layer.alpha is None else str(layer.alpha)
    return _filled("demo_raster_layer.xml", _fields(layer, "gdal") | {"alpha": alpha})


def _in_tree(layer: ProjectLayer, provider: Literal["gdal", "ogr"]) -> str:
    checked = "Qt::Checked" if layer.visible else "Qt::Unchecked"
    return _filled(
        "demo_tree_layer.xml", _fields(layer, provider) | {"provider": provider, "checked": checked}
    )


def _fields(layer: ProjectLayer, provider: Literal["gdal", "ogr"]) -> dict[str, str]:
    inside = f"|layername={LAYER}" if provider == "ogr" else ""
    source = f"./{layer.source}{inside}"
    return {"id": layer.id, "name": _safe(layer.name), "source": _safe(source)} | _crs(layer.crs)


def _crs(code: str) -> dict[str, str]:
    """QGIS believes the code of a CRS only beside its definition."""
    return {"crs": _safe(code), "wkt": _safe(CRS.from_user_input(code).to_wkt())}


def _renderer() -> str:
    """The symbols of the style that every layer of hits has."""
    renderer = ElementTree.parse(STYLE).getroot().find("renderer-v2")
    assert renderer is not None
    return ElementTree.tostring(renderer, encoding="unicode")


def _filled(template: str, fields: dict[str, str]) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(fields)


def _safe(text: str) -> str:
    return escape(text, _QUOTES)
