"""What a list, a table or a tree shows, and where each of its items is."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QComboBox

from .calling import called
from .places import on_screen


def item_places(name: str) -> list[dict[str, Any]]:
    """The items of the view or combo box of that object name, each with its texts.

    An item scrolled out of sight, or in a combo box that is not open, has an empty place.
    """
    view = _view(name)
    model = view.model()
    rows = _rows(view.model(), view.rootIndex())
    return [
        {
            "texts": _texts(model, index),
            "picture": model.data(index, Qt.ItemDataRole.DecorationRole) is not None,
            "selected": view.selectionModel() is not None and view.selectionModel().isSelected(index),
            "place": on_screen(view.viewport(), view.visualRect(index)),
            "seen": view.isVisible() and view.viewport().rect().contains(view.visualRect(index).center()),
        }
        for index in rows
    ]


def _view(name: str) -> QAbstractItemView:
    for widget in called(name):
        if isinstance(widget, QComboBox):
            return widget.view()
        if isinstance(widget, QAbstractItemView):
            return widget
    raise LookupError(f"there is no list {name}")


def _rows(model: QAbstractItemModel, parent: QModelIndex) -> list[QModelIndex]:
    """The first column of all rows, the children of a tree's rows after their parent."""
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [index, *_rows(model, index)]
    return found


def _texts(model: QAbstractItemModel, index: QModelIndex) -> list[str]:
    # A list's model keeps its number of columns to itself, so go on until there is none.
    texts, cell = [], index
    while cell.isValid():
        text = model.data(cell, Qt.ItemDataRole.DisplayRole)
        texts.append("" if text is None else str(text))
        cell = cell.sibling(cell.row(), cell.column() + 1)
    return texts
