"""What the journey works on: two rasters and the questions to ask of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

DEMO_QUERIES = ("houses built where there was forest", "a lake has dried up")


@dataclass(frozen=True)
class Scene:
    """Two rasters, laid into a folder that the file dialogs can show.

    Attributes:
        folder: Where they lie; the index, the project and what is exported go there too.
        before: The earlier raster.
        after: The later one.
        queries: At least two texts to search for.
        tile: Side of a tile in pixels.
        truth: What happened on each tile, as the demo writes it down; None where nobody knows.
    """

    folder: Path
    before: Path
    after: Path
    queries: tuple[str, ...] = field(default=DEMO_QUERIES)
    tile: int = 128
    truth: Path | None = None

    @property
    def project(self) -> Path:
        """Where the project is saved."""
        return self.folder / "town.qgz"

    @property
    def exported(self) -> Path:
        """Where the hits are exported to."""
        return self.folder / "houses.gpkg"


def lay_out(folder: Path, before: Path, after: Path) -> tuple[Path, Path]:
    """Link two rasters into a folder under their own names.

    Raises:
        FileNotFoundError: One of them is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    links = []
    for source in (before, after):
        link = folder / source.name
        link.symlink_to(source.resolve(strict=True))
        links.append(link)
    return links[0], links[1]
