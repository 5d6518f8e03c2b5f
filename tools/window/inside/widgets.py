"""Questions about widgets: by their object name, their text, or the action that they stand for."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QRect
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QTabBar, QToolButton

from .calling import called
from .places import Place, described, on_screen, text_of


def widget(name: str) -> dict[str, Any] | None:
    """The widget of an object name, a visible one before others; None where there is none."""
    named = sorted(called(name), key=lambda one: one.isVisible(), reverse=True)
    return described(named[0]) if named else None


def all_widgets(prefix: str) -> list[dict[str, Any]]:
    """All widgets whose object name begins so."""
    return [described(one) for one in QApplication.allWidgets() if one.objectName().startswith(prefix)]


def windows() -> list[dict[str, Any]]:
    """Windows, dialogs and menus that are open."""
    active = QApplication.activeWindow()
    return [
        {**described(one), "modal": one.isModal(), "active": one is active}
        for one in QApplication.topLevelWidgets()
        if one.isVisible()
    ]


def action_place(name: str) -> Place | None:
    """The tool button of an action of that object name."""
    for button in _visible(QToolButton):
        action = button.defaultAction()
        if action is not None and action.objectName() == name:
            return on_screen(button, button.rect())
    return None


def menu_place(text: str) -> Place | None:
    """The entry of that text in an open menu, else in the menu bar."""
    for menu in (*_visible(QMenu), *_visible(QMenuBar)):
        for action in menu.actions():
            if action.isVisible() and _plain(action.text()) == text:
                return on_screen(menu, menu.actionGeometry(action))
    return None


def tab_place(text: str) -> Place | None:
    """The tab of that text."""
    for bar in _visible(QTabBar):
        for number in range(bar.count()):
            if _plain(bar.tabText(number)) == text:
                return on_screen(bar, bar.tabRect(number))
    return None


def button_place(text: str) -> Place | None:
    """The button of that text, in the modal dialog where one is open."""
    modal = QApplication.activeModalWidget()
    for button in _visible(QAbstractButton):
        if _plain(text_of(button)) == text and (modal is None or modal.isAncestorOf(button)):
            return on_screen(button, QRect(button.rect()))
    return None


def _visible(kind: type[Any]) -> list[Any]:
    found: list[Any] = QApplication.allWidgets()
    return [one for one in found if isinstance(one, kind) and one.isVisible()]


def _plain(text: str) -> str:
    """Without the marks of keyboard access and shortcuts."""
    return text.replace("&", "").partition("\t")[0]
