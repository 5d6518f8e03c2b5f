"""A throw-away QGIS profile: nothing pops up, nothing asks the network, the plugin is on."""

from __future__ import annotations

from pathlib import Path

NAME = "changeseek"
LIGHT = "default"
DARK = "Night Mapping"

# Hidden: what fills a small screen and has nothing to do with the plugin.
SETTINGS = """\
[General]
migration\\fileVersion=2
migration\\firstRunVersionFlag=34000
locale\\overrideFlag=true
locale\\userLocale=en_US
locale\\globalLocale=en_US

[migration]
fileVersion=2
firstRunVersionFlag=34000

[UI]
UITheme={theme}

[qgis]
checkVersion=false
projOpenAtLaunch=3
showTips340=false
iconSize=24

[core]
NewsFeed\\disabled=true

[app]
fontPointSize=9

[plugins]
automatically-check-for-updates=false

[PythonPlugins]
changeseek={enabled}
processing=true
MetaSearch=false
db_manager=false
grassprovider=false
"""


def write_profile(profiles: Path, theme: str, *, enabled: bool) -> None:
    """Write the settings of the profile `NAME` below a folder of profiles.

    Args:
        profiles: What QGIS is given as `--profiles-path`.
        theme: Name of one of QGIS's themes.
        enabled: Whether ChangeSeek is switched on.
    """
    settings = profiles / "profiles" / NAME / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS.format(theme=theme, enabled=str(enabled).lower()), encoding="utf-8")
