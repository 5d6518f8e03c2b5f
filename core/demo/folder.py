"""The folder that the demo fills: what lies where in it, and whether it may be filled."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from changeseek.core.errors import DemoFolderError
from changeseek.core.index.files import write_text_whole

_DRAWING_ROOM = Path(__file__).parents[1] / "scenes"
_DRAWING_HERE = ("drawing.py", "scene_files.py", "truth.py")


@dataclass(frozen=True, slots=True)
class DrawnFrom:
    """What a scene follows from.

    Attributes:
        seed: Which scene.
        size: Pixels along its side.
        drawing: Hash of the code that draws it: a scene of other code is another scene.
    """

    seed: int
    size: int
    drawing: str


def drawn_from(seed: int, size: int) -> DrawnFrom:
    """What a scene that is drawn now follows from."""
    sources = sorted(_DRAWING_ROOM.glob("*.py")) + [Path(__file__).with_name(name) for name in _DRAWING_HERE]
    drawing = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return DrawnFrom(seed, size, drawing)


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Names of everything the demo makes; `directory` may not exist yet."""

    directory: Path

    @property
    def marker(self) -> Path:
        """Says that this is a demo's folder, and which demo's."""
        return self.directory / "demo.json"

    @property
    def before(self) -> Path:
        """The scene on the first date."""
        return self.directory / "before.tif"

    @property
    def after(self) -> Path:
        """The scene on the second date."""
        return self.directory / "after.tif"

    @property
    def truth(self) -> Path:
        """What happened on each tile; written after both dates."""
        return self.directory / "truth.json"

    @property
    def index(self) -> Path:
        """The index folder."""
        return self.directory / "demo.csx"

    @property
    def hits(self) -> Path:
        """Folder of one GeoPackage for each query."""
        return self.directory / "hits"

    @property
    def project(self) -> Path:
        """The QGIS project."""
        return self.directory / "demo.qgs"

    @property
    def picture(self) -> Path:
        """The picture of it all."""
        return self.directory / "demo.png"

    @property
    def report(self) -> Path:
        """The figures."""
        return self.directory / "report.json"

    @property
    def is_drawn(self) -> bool:
        """Whether both dates and their truth are there."""
        return all(path.exists() for path in (self.before, self.after, self.truth))

    def claim(self, wanted: DrawnFrom) -> None:
        """Make the folder, or take up the same demo in it; a scene of older code is cleared away.

        Raises:
            DemoFolderError: Something else is there; it is not touched.
        """
        if self._is_vacant():
            self._make(wanted)
            return
        found = self._read_marker()
        if (found.seed, found.size) != (wanted.seed, wanted.size):
            raise DemoFolderError(
                f"{self.directory} holds the demo of seed {found.seed} with {found.size} pixels",
                "Name another folder, or delete this one; nothing was touched",
            )
        if found != wanted:
            self._clear()
            self._make(wanted)

    def _is_vacant(self) -> bool:
        return not self.directory.exists() or (
            self.directory.is_dir() and next(self.directory.iterdir(), None) is None
        )

    def _make(self, wanted: DrawnFrom) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DemoFolderError(
                f"{self.directory} cannot be made: {error.strerror}", "Name another folder"
            ) from error
        write_text_whole(self.marker, json.dumps(asdict(wanted)) + "\n")

    def _read_marker(self) -> DrawnFrom:
        try:
            return DrawnFrom(**json.loads(self.marker.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise DemoFolderError(
                f"{self.directory} exists and is not the demo's",
                "Name a folder that does not exist yet; nothing was touched",
            ) from error

    def _clear(self) -> None:
        """Remove what the demo made, and nothing else."""
        for folder in (self.index, self.hits):
            shutil.rmtree(folder, ignore_errors=True)
        # The marker last: until then the folder is known as the demo's.
        for file in (
            self.truth,
            self.before,
            self.after,
            self.project,
            self.picture,
            self.report,
            self.marker,
        ):
            file.unlink(missing_ok=True)
