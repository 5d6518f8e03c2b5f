"""The methods that a script calls, by the command line's names."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Optional

from qgis.core import QgsVectorLayer

from ...core.engine.messages import (
    DEFAULT_CAPTIONS,
    DEFAULT_HITS,
    DEFAULT_TILE,
    IndexAnswer,
    Info,
    InfoAnswer,
    Model,
    Models,
    Progress,
    Search,
    Similar,
    Status,
    StatusAnswer,
    TileCaptions,
)
from ..gate.engine import EngineGate
from ..gate.session import the_gate
from ..translation import tr
from .given import Crs, Extent, Path, Raster, Tiles, path_of, tile_ids_of
from .refining import Refining
from .waiting import wait_for
from .wish import Wish, as_it_is
from .wishes import wish_captions, wish_hits, wish_index

# Evaluated, and QGIS on macOS has Python 3.9: no `|`.
Tell = Optional[Callable[[Progress], None]]  # noqa: UP045


class ChangeSeek(Refining):
    """Asks the engine; nothing is started before the first question.

    Every method waits for the answer. `start_…` returns at once with a `Question`, whose signal `finished`
    brings what the method of that name returns. Layers that are given are read where the method is called,
    so call on the main thread with them.

    All methods raise subclasses of `PluginError`, each with a message and an advice.

    Args:
        gate: To the engine; None takes the one that QGIS's session shares.
    """

    def __init__(self, gate: EngineGate | None = None) -> None:
        super().__init__(gate or the_gate())

    def __enter__(self) -> ChangeSeek:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the engine, at the end of a script of its own; inside QGIS others may be asking it."""
        self._gate.close()

    def index(
        self,
        before: Raster,
        after: Raster,
        directory: Path,
        *,
        tile: int = DEFAULT_TILE,
        stride: int | None = None,
        gsd: float | None = None,
        bands: str = "",
        bands_after: str = "",
        dates: str = "",
        model: str = "",
        device: str = "auto",
        extent: Extent | None = None,
        extent_crs: Crs = "",
        shift_dates: bool = False,
        progress: Tell = None,
    ) -> IndexAnswer:
        """Embed all tiles of two rasters into an index folder; called again, it goes on after a stop.

        Args:
            before: Raster layer or file of the first date.
            after: Of the second date.
            directory: The index folder to make, such as `town.csx`.
            tile: Side of a tile in pixels.
            stride: Step between tiles in pixels; None is the tile size.
            gsd: Metres a pixel to resample to; None keeps the finer date's.
            bands: Such as `3,2,1`; empty chooses.
            bands_after: The same for the after date.
            dates: Such as `2009-08-18,2015-09-26`; empty looks at tags and file names.
            model: Name or folder; empty takes the embedded one.
            device: auto, cpu or cuda.
            extent: Part to index, or xmin, ymin, xmax, ymax; None takes all that both dates cover.
            extent_crs: Of the extent; empty is the rectangle's own, else that of the finer date.
            shift_dates: Move the after date by the measured shift between the dates.
            progress: Called now and then with the tiles done, the rate and the time left.
        """
        wish = wish_index(
            *(before, after, directory),
            tile=tile,
            stride=stride,
            gsd=gsd,
            bands=bands,
            bands_after=bands_after,
            dates=dates,
            model=model,
            device=device,
            extent=extent,
            extent_crs=extent_crs,
            shift_dates=shift_dates,
        )
        return wait_for(wish, self._gate, progress)

    def search(
        self,
        index: Path,
        text: str,
        *,
        mode: str = "change",
        k: int = DEFAULT_HITS,
        without: str = "",
        refined: bool = True,
        output: Path = "",
    ) -> QgsVectorLayer:
        """Find the tiles where something happened, best first.

        Args:
            index: An index folder.
            text: What happened; `A -> B` is a transition.
            mode: change, after or before: what the text is compared with.
            k: Most hits to give.
            without: What the hits should not be.
            refined: Let the answers about pairs of tiles take part, with the weight that they justify.
            output: A GeoPackage to write, replaced where it exists; empty gives a layer in memory.

        Returns:
            Polygons with rank, tile_id, score, percentile and query, in the shipped style; not yet part of a
            project.
        """
        request = Search(path_of(index), text.strip(), mode, k, without, refined=refined)
        return wait_for(wish_hits(request, path_of(output)), self._gate, None)

    def similar(
        self,
        index: Path,
        tile_id: str,
        *,
        k: int = DEFAULT_HITS,
        refined: bool = True,
        output: Path = "",
    ) -> QgsVectorLayer:
        """Find the tiles that changed as one tile did, best first, without itself; see `search`."""
        request = Similar(path_of(index), tile_id, k, refined=refined)
        return wait_for(wish_hits(request, path_of(output)), self._gate, None)

    def caption(
        self,
        index: Path,
        tiles: Tiles,
        k: int = DEFAULT_CAPTIONS,
        bank: Path = "",
        *,
        progress: Tell = None,
    ) -> list[TileCaptions]:
        """Say what changed on tiles, the likeliest sentence first.

        Args:
            index: An index folder.
            tiles: An id, several, or a layer with the attribute tile_id: its selected features, or all where
                none is selected.
            k: Most captions for each tile.
            bank: A file of sentences of your own; empty takes those that ship.
            progress: Called now and then with the tiles done.

        Returns:
            One for each tile, in the order of the tiles.
        """
        wish = wish_captions(path_of(index), tile_ids_of(tiles), k, path_of(bank))
        return wait_for(wish, self._gate, progress)

    def info(self, index: Path) -> InfoAnswer:
        """Say what an index is: its grid, its rasters, its model, how far it is built."""
        request = Info(path_of(index))
        wish = Wish(tr("ChangeSeek: looking at an index"), lambda asker: asker.ask(request), as_it_is)
        return wait_for(wish, self._gate, None)

    def models(self) -> tuple[Model, ...]:
        """The models that are here, the default first."""
        wish = Wish(tr("ChangeSeek: looking for models"), lambda asker: asker.ask(Models()).models, as_it_is)
        return wait_for(wish, self._gate, None)

    def doctor(self) -> StatusAnswer:
        """What the machine has, and what is wrong with it."""
        wish = Wish(tr("ChangeSeek: checking the engine"), lambda asker: asker.ask(Status()), as_it_is)
        return wait_for(wish, self._gate, None)
