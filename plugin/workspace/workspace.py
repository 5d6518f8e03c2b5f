"""What the panel works on: searches, captions, pictures and reviews of the open index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QTimer, pyqtSignal

from ...core.engine.messages import Captions, CaptionsAnswer, HitsAnswer, Search, Similar, ThumbnailsAnswer
from . import jobs
from .export import export_hits
from .history import note_search
from .hits_files import HitsFile
from .hits_on_map import not_on_the_map
from .open_index import OpenIndex
from .refining import Refining

_BINS = 64
# Hits of which at least one should be in sight.
_LOOKED_AT_FIRST = 10


class Workspace(Refining):
    """Works for the panel, without widgets: asks the engine and shows the answers on the map.

    Whatever takes time runs off the GUI's thread; each method returns at once, and a signal tells the end.

    Signals:
        captionsFound: A TileCaptions.
        thumbnailsReady: A ThumbnailsAnswer.
        queryOffered: A text to search for.
        exported: The file that was written.
        failed: Besides those of Refining "caption", "thumbnails", "outlines", "export" and "review".
    """

    captionsFound = pyqtSignal(object)  # noqa: N815 - as Qt names signals, here and below
    thumbnailsReady = pyqtSignal(object)  # noqa: N815
    queryOffered = pyqtSignal(str)  # noqa: N815
    exported = pyqtSignal(str)

    # The newest question, which may be under way.
    _sought: Search | Similar | None = None

    @property
    def searching(self) -> bool:
        """Whether a search is under way."""
        return self._asking.is_running("search")

    def search(self, text: str, mode: str = "change", k: int = 100, without: str = "") -> None:
        """Show the tiles that a text describes best, in place of those of a search before."""
        if self._open is not None:
            self._find(Search(self._open.info.index, text, mode, k, without, _BINS))

    def similar(self, tile_id: str, k: int = 100) -> None:
        """Show the tiles where the change looks most like that of a tile."""
        if self._open is not None:
            self._find(Similar(self._open.info.index, tile_id, k, _BINS))

    def rank_again(self) -> None:
        """Ask the last question once more, because there are new answers about pairs.

        Not where another one is under way: people wait for that.
        """
        if self._open is None or self._open.asked is None:
            return
        if not self.searching or self._sought == self._open.asked:
            self._find(self._open.asked, again=True)

    def caption(self, tile_id: str, k: int = 5) -> None:
        """Ask what changed on a tile."""
        if self._open is not None:
            request = Captions(self._open.info.index, (tile_id,), k)
            self._asking.ask("caption", request, self._on_captions)

    def thumbnails(self, tile_ids: Sequence[str]) -> None:
        """Ask for small pictures of tiles; those to be drawn wait where no engine runs."""
        opened, wanted = self._open, tuple(tile_ids)
        if opened is not None and wanted:
            self._asking.run(
                "thumbnails",
                lambda _: jobs.drawn_thumbnails(opened.folder, wanted),
                lambda drawn: self._on_drawn(opened, *drawn),
                beside=True,
            )

    def pick_tiles(self, on: bool) -> None:
        """Let a click on the map choose a tile, or go back to the map tool before."""
        self._view.pick(on and self._open is not None)

    def filter_hits(self, least_score: float | None, most: int | None) -> None:
        """Show hits of at least a score and up to a rank only, on the map too; None for no limit."""
        if self._open is not None:
            self._open.on_map.filter(least_score, most)

    def mark(self, tile_id: str, verdict: str) -> None:
        """Keep a hit ("kept"), reject it ("rejected") or take that back (""); written at once.

        It counts as feedback as well, from the next search on.
        """
        before = self.verdict(tile_id)
        if self._mark_on_map(tile_id, verdict) and self.verdict(tile_id) != before:
            self.judge(tile_id, verdict)

    def verdict(self, tile_id: str) -> str:
        """How a hit was marked; empty where it was not."""
        return "" if self._open is None else self._open.on_map.verdict(tile_id)

    def offer_query(self, text: str) -> None:
        """Propose a text to search for, such as a caption."""
        self.queryOffered.emit(text)

    def show_outlines(self, shown: bool) -> None:
        """Show or hide the outlines of all tiles."""
        opened = self._open
        if opened is None or opened.outlines_are_there(shown) or not shown:
            return
        self._asking.run(
            "outlines",
            lambda report: jobs.write_outlines(self._asking, opened.folder, report),
            opened.add_outlines,
        )

    def flicker_step(self) -> None:
        """Show the other date."""
        if self._open is not None:
            self._open.flicker.step()

    def flicker(self, on: bool) -> None:
        """Let the dates alternate by themselves, or stop."""
        if self._open is not None and on:
            self._open.flicker.start(self._settings.flicker_seconds)
        elif self._open is not None:
            self._open.flicker.stop()

    def export_hits(self, path: str, driver: str) -> None:
        """Write the hits that the map shows to a file; `exported` tells when it is there."""
        layer = self.hits_layer
        if layer is None:
            self.failed.emit("export", not_on_the_map())
            return
        source, written = str(layer.source()), self.exported.emit
        self._asking.run("export", lambda _: str(export_hits(source, Path(path), driver)), written)

    def _find(self, asked: Search | Similar, *, again: bool = False) -> None:
        self._sought = asked
        self._asking.run(
            "search",
            lambda report: jobs.find_hits(self._asking, asked, report),
            lambda found: self._on_hits(asked, *found, again=again),
        )

    def _on_hits(
        self, asked: Search | Similar, answer: HitsAnswer, file: HitsFile | None, *, again: bool
    ) -> None:
        if self._open is not None:
            self._open.show_hits(asked, answer, file)
            self._open.on_map.select(self._chosen)
            if not again:
                self._view.reveal([hit.tile_id for hit in answer.hits[:_LOOKED_AT_FIRST]])
            self._remember()
            self.hitsFound.emit(answer)
            if not again:
                # The history is a file; the map need not wait for it.
                QTimer.singleShot(0, lambda: note_search(asked, answer))

    def _on_captions(self, answer: CaptionsAnswer) -> None:
        for captions in answer.tiles:
            self.captionsFound.emit(captions)

    def _on_drawn(self, opened: OpenIndex, drawn: ThumbnailsAnswer, missing: tuple[str, ...]) -> None:
        if drawn.thumbnails:
            self.thumbnailsReady.emit(drawn)
        if missing:
            self._asking.when_running(f"thumbnails {missing}", lambda: self._draw(opened, missing))

    def _draw(self, opened: OpenIndex, tile_ids: tuple[str, ...]) -> None:
        self._asking.run(
            "thumbnails",
            lambda report: jobs.draw_thumbnails(self._asking, opened.folder, tile_ids, report),
            self.thumbnailsReady.emit,
            beside=True,
        )
