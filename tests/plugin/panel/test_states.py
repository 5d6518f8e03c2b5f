"""Words that break lines, pages that say the next step, messages that stay until they are dismissed."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from changeseek.plugin.errors import PluginError
from changeseek.plugin.panel.scroll import VerticalScroll
from changeseek.plugin.panel.states import EmptyState, MessageStrip, theme_icon, wrapped

LONG = (
    "What one finds in a narrow dock is often longer than the dock is wide, and then it goes on below. " * 3
)


def test_a_label_takes_just_the_height_that_its_text_needs(shown: Any, qtbot: Any) -> None:
    page = QWidget()
    rows = QVBoxLayout(page)
    label = wrapped(LONG)
    rows.addWidget(label)
    rows.addStretch(1)
    scroll = shown(VerticalScroll(page), 320, 600)
    qtbot.waitUntil(lambda: label.width() > 250 and label.height() == label.heightForWidth(label.width()))
    narrow = label.height()
    assert page.width() <= 320
    scroll.resize(640, 600)
    qtbot.waitUntil(lambda: label.height() < narrow)


def test_an_empty_page_says_what_is_next_and_offers_it(shown: Any) -> None:
    page = EmptyState(theme_icon("search"), "No tile is chosen", "Click on the map.")
    button = page.add_button("Pick", "changeseek_test_pick")
    shown(page)
    assert page.accessibleName() == "No tile is chosen"
    assert button.isVisible()


def test_a_message_stays_until_it_is_dismissed(shown: Any, qtbot: Any) -> None:
    strip = MessageStrip()
    shown(strip)
    strip.hide()
    strip.show_error(PluginError("the disk is full", "Make room"))
    assert strip.text == "The disk is full. Make room."
    with qtbot.waitSignal(strip.dismissed):
        strip.findChild(QToolButton, "changeseek_dismiss").click()
    assert strip.text == ""


def test_a_message_is_readable_on_a_dark_palette(shown: Any) -> None:
    strip = MessageStrip()
    dark = strip.palette()
    dark.setColor(QPalette.ColorRole.Window, dark.color(QPalette.ColorRole.Shadow).darker(200))
    dark.setColor(QPalette.ColorRole.WindowText, dark.color(QPalette.ColorRole.BrightText).lighter(300))
    strip.setPalette(dark)
    strip.show_error(PluginError("the disk is full"))
    shown(strip, 320, 60)
    background = strip.grab().toImage().pixelColor(strip.width() - 12, strip.height() - 6)
    assert background.lightness() < 90
