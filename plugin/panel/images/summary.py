"""What a build would do, before it starts: tiles, time, room, ground, alignment, advice."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ....core.engine.messages import PlanAnswer
from ...translation import tr
from ..states import wrapped
from ..words import count, duration, length, sentence, size


class PlanSummary(QWidget):
    """Rows of a fact and its value, then the engine's advice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeseek_summary")
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setVerticalSpacing(3)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._values: dict[str, QLabel] = {}
        for name, title in _titles():
            value = wrapped()
            value.setObjectName(f"changeseek_plan_{name}")
            value.setAccessibleName(title)
            self._values[name] = value
            self._form.addRow(title, value)
        self._advice = wrapped()
        self._advice.setObjectName("changeseek_plan_advice")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._form)
        rows.addWidget(self._advice)

    def show_plan(self, plan: PlanAnswer) -> None:
        """Fill it."""
        for name, text in facts(plan).items():
            self._values[name].setText(text)
        # What hinders the build stands beside the button.
        advice = () if plan.state == "other" else plan.advice
        self._advice.setText("\n".join(f"• {sentence(line)}" for line in advice))
        self._advice.setVisible(bool(advice))
        self.show()


def facts(plan: PlanAnswer) -> dict[str, str]:
    """The plan in words, by the names of the rows."""
    ground = tr("{} a tile, step {}").format(length(plan.tile_metres), length(plan.stride_metres))
    return {
        "tiles": tr("{} ({} rows of {})").format(count(plan.tiles), count(plan.rows), count(plan.cols)),
        "ground": ground,
        "time": _time(plan),
        "disk": tr("{}; {} are free").format(size(plan.disk_bytes), size(plan.free_bytes)),
        "alignment": _alignment(plan.alignment, plan.shifted),
    }


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("tiles", tr("Tiles")),
        ("ground", tr("On the ground")),
        ("time", tr("Time")),
        ("disk", tr("Room on disk")),
        ("alignment", tr("Alignment")),
    )


def _time(plan: PlanAnswer) -> str:
    if plan.state == "complete":
        return tr("none: it is complete")
    return tr("{} on {}").format(duration(plan.seconds), plan.device)


def _alignment(shift: float | None, shifted: bool) -> str:
    if shift is None:
        return tr("could not be measured")
    if shifted:
        return tr("the shift of {:.1f} px will be taken out").format(shift)
    if shift < 1:
        return tr("good: dates shifted by {:.1f} px").format(shift)
    return tr("dates shifted by {:.1f} px").format(shift)
