"""Which model looks at the tiles, with its card a click away."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from ....core.engine.messages import Model
from ...translation import tr
from ..states import theme_icon
from .model_card import ModelCard

_NARROW = 8


class ModelSection(QWidget):
    """A list of models; until the engine has named them, only the one that ships.

    Args:
        parent: Owner.
    """

    changed = pyqtSignal()
    # The card is wanted and the models are not known yet.
    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: dict[str, Model] = {}
        self._wants_card = False
        self._wanted = ""
        self._combo = QComboBox(self)
        self._combo.setObjectName("changeseek_model")
        self._combo.setAccessibleName(tr("Model"))
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(_NARROW)
        self._combo.addItem(tr("Embedded model"), "")
        self._combo.setToolTip(tr("The model that looks at the tiles and understands the queries"))
        self._card = QToolButton(self)
        self._card.setObjectName("changeseek_model_about")
        self._card.setIcon(theme_icon("mActionPropertiesWidget"))
        self._card.setToolTip(tr("What this model has seen, how well it does and what it cannot do"))
        self._card.setAccessibleName(tr("About this model"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._combo, 1)
        row.addWidget(self._card)
        self.setFocusProxy(self._combo)
        self._combo.currentIndexChanged.connect(self.changed)
        self._card.clicked.connect(self._show_card)

    @property
    def model(self) -> str:
        """The chosen model's name; empty for the one that ships."""
        return str(self._combo.currentData() or "")

    def choose(self, name: str) -> None:
        """Choose a model that may not be known yet; one that is never named stays unchosen."""
        self._wanted = name
        self._combo.setCurrentIndex(max(0, self._combo.findData(name)))

    def take(self, models: Sequence[Model]) -> None:
        """Offer these, the default first."""
        chosen = self.model or self._wanted
        self._models = {model.name: model for model in models}
        blocked = self._combo.blockSignals(True)
        self._fill(models)
        self._combo.setCurrentIndex(max(0, self._combo.findData(chosen)))
        self._combo.blockSignals(blocked)
        if self._wants_card:
            self._show_card()

    def _fill(self, models: Sequence[Model]) -> None:
        self._combo.clear()
        if not models:
            self._combo.addItem(tr("Embedded model"), "")
        for place, model in enumerate(models):
            # The default keeps its empty name, so that asking for it looks the same before and after.
            self._combo.addItem(model.name, model.name if place else "")
            self._combo.setItemData(place, model.summary, Qt.ItemDataRole.ToolTipRole)

    def _show_card(self) -> None:
        model = self._models.get(self._combo.currentText())
        self._wants_card = model is None and not self._models
        if model is not None:
            # Its owner is this page, which takes an open card away with the plugin.
            ModelCard(model, self).show()
        elif self._wants_card:
            self.asked.emit()
