"""All that a build is told, top to bottom in the order in which people decide it."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgsCollapsibleGroupBoxBasic, QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ....core.engine.messages import InfoAnswer, Model, PairParameters, PlanAnswer
from ...settings import Settings
from ...translation import tr
from .advanced_section import AdvancedSection
from .area_section import AreaSection
from .destination import DestinationSection
from .model_section import ModelSection
from .pair_section import PairSection
from .tile_section import TileSection


class BuildForm(QgsCollapsibleGroupBoxBasic):
    """The sections, read as one set of parameters.

    Args:
        settings: What was used last.
        canvas: The map; None leaves the current view out.
        parent: Owner.
    """

    changed = pyqtSignal()
    rasters_changed = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(
        self, settings: Settings, canvas: QgsMapCanvas | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Build an index from two rasters"), parent)
        self.setObjectName("changeseek_form")
        self._pair = PairSection(self)
        self._area = AreaSection(canvas, self)
        self._model = ModelSection(self)
        self._tiles = TileSection(self)
        self._folder = DestinationSection(self)
        self._advanced = AdvancedSection(self)
        self._lay_out()
        self._connect()
        self._model.choose(settings.model)
        self._tiles.choose(settings.tile, settings.stride)
        self._advanced.choose_device(settings.device)

    def parameters(self) -> PairParameters | None:
        """What is chosen; None while a raster or the folder is missing.

        Raises:
            PluginError: What is chosen cannot be used.
        """
        before, after = self._pair.sources()
        if not (before and after and self._folder.folder):
            return None
        area = self._area.area()
        return PairParameters(
            before=before,
            after=after,
            directory=self._folder.folder,
            tile=self._tiles.tile,
            stride=self._tiles.stride,
            gsd=self._advanced.gsd,
            bands=self._advanced.bands,
            bands_after=self._advanced.bands_after,
            dates=self._pair.dates(),
            model=self._model.model,
            device=self._advanced.device,
            extent=area.extent,
            extent_crs=area.crs,
            shift_dates=self._advanced.shift_dates,
        )

    def folders(self) -> list[str]:
        """Where indexes of these rasters are likely: the project's folder, the rasters' folders."""
        beside = [str(Path(file).parent) for file in self._pair.files() if Path(file).is_absolute()]
        return [folder for folder in (str(QgsProject.instance().homePath()), *beside) if folder]

    def choose_rasters(self, before: str, after: str) -> None:
        """Show these files as the two dates."""
        self._pair.choose_files(before, after)

    def continue_with(self, index: InfoAnswer) -> None:
        """Show what an unfinished index was begun with, all else as usual, so that its build can go on."""
        self._forget_ground()
        self._pair.choose_files(index.before.path, index.after.path)
        self._tiles.choose(index.tile, index.stride)
        self._model.choose(index.model)
        self._folder.choose(index.index)

    def continue_as_begun(self, index: InfoAnswer) -> None:
        """Show the area, pixels, bands and dates of an unfinished index, which other than usual ones made."""
        self._pair.take_own_dates((index.before.date, index.after.date))
        self._area.choose_ground(index)
        self._advanced.choose(index.gsd, index.before.bands, index.after.bands, index.shifted)

    def take_plan(self, plan: PlanAnswer) -> None:
        """Show what the engine found in the rasters."""
        self._pair.take_dates(plan.dates)
        self._tiles.take_gsd(plan.gsd)

    def take_models(self, models: tuple[Model, ...]) -> None:
        """Offer these models."""
        self._model.take(models)

    def take_another_name(self) -> None:
        """Count on to a folder name that is free."""
        self._folder.take_another_name()

    def stop(self) -> None:
        """Let go of the map."""
        self._area.stop()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.addWidget(self._pair)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for title, section in (
            (tr("Area"), self._area),
            (tr("Model"), self._model),
            (tr("Tiles"), self._tiles),
            (tr("Index"), self._folder),
        ):
            label = QLabel(title)
            label.setBuddy(section)
            form.addRow(label, section)
        rows.addLayout(form)
        rows.addWidget(self._advanced)

    def _connect(self) -> None:
        self._pair.rasters_changed.connect(self._rasters_changed)
        self._model.asked.connect(self.models_wanted)
        sections = (self._pair, self._area, self._model, self._tiles, self._advanced, self._folder)
        for section in sections:
            section.changed.connect(self.changed)

    def _rasters_changed(self) -> None:
        self._tiles.take_gsd(None)
        self._forget_ground()
        self._folder.suggest(self._pair.after_name())
        self.rasters_changed.emit()

    def _forget_ground(self) -> None:
        """What one index was begun with is not for another."""
        if self._area.forget_ground():
            self._advanced.choose(None, (), (), False)
