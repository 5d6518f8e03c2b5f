"""Words that break lines, pages that say the next step, messages that stay until they are dismissed."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtGui import QColor, QPalette
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
    assert background_of(strip).lightness() < 90


def background_of(strip: MessageStrip) -> QColor:
    return QColor(strip.grab().toImage().pixelColor(strip.width() - 12, strip.height() - 6))


def test_what_is_done_is_told_in_green_and_what_is_wrong_is_not(shown: Any) -> None:
    strip = shown(MessageStrip(), 320, 60)

    def is_green() -> bool:
        colour = background_of(strip)
        return bool(colour.green() > max(colour.red(), colour.blue()))

    strip.show_success("the hits are in hits.csv")
    assert strip.text == "The hits are in hits.csv."
    assert is_green()
    strip.show_error(PluginError("the disk is full"))
    assert not is_green()
    strip.show_note("the raster has changed since")
    assert not is_green()
