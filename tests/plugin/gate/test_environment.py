"""The engine's process environment: nothing that leads to QGIS's libraries, all else as the user has it."""

from __future__ import annotations

import os

import pytest

from changeseek.plugin.gate.environment import clean_environment

OF_QGIS = (
    *(
        "PROJ_LIB",
        "PROJ_DATA",
        "GDAL_DATA",
        "GDAL_DRIVER_PATH",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONEXECUTABLE",
    ),
    *("PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONINSPECT", "VIRTUAL_ENV", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM"),
    *("LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "QGIS_PREFIX_PATH", "__PYVENV_LAUNCHER__"),
)
OF_THE_USER = (
    *("HOME", "LANG", "TMP", "HTTPS_PROXY", "GDAL_HTTP_PROXY", "GDAL_CACHEMAX", "CUDA_VISIBLE_DEVICES"),
    *("OMP_NUM_THREADS", "HF_HOME", "XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE"),
)


@pytest.mark.parametrize("name", OF_QGIS)
def test_what_leads_to_qgis_is_left_out(name: str) -> None:
    assert name not in clean_environment({name: "/usr/share/qgis"})


@pytest.mark.parametrize("name", OF_THE_USER)
def test_what_the_user_set_stays(name: str) -> None:
    assert clean_environment({name: "as set"})[name] == "as set"


def test_offline_and_utf8_whatever_was_set() -> None:
    clean = clean_environment({"HF_HUB_OFFLINE": "0", "PROJ_NETWORK": "ON", "PYTHONUTF8": "0"})
    assert clean["HF_HUB_OFFLINE"] == clean["PYTHONUTF8"] == clean["PYTHONUNBUFFERED"] == "1"
    assert clean["PROJ_NETWORK"] == "OFF"


def test_programs_are_not_looked_for_in_qgiss_own_folder() -> None:
    root = os.path.join(os.sep, "apps", "QGIS 3.40")
    entries = [os.path.join(root, "bin"), os.path.join(os.sep, "system"), root, root + " of others"]
    path = clean_environment({"PATH": os.pathsep.join(entries), "OSGEO4W_ROOT": root})["PATH"]
    assert path.split(os.pathsep) == [entries[1], entries[3]]


def test_elsewhere_programs_are_looked_for_as_before() -> None:
    environ = {"PATH": "/usr/local/bin::/usr/bin", "QGIS_PREFIX_PATH": "/usr"}
    assert clean_environment(environ)["PATH"] == environ["PATH"]


def test_qgiss_own_environment_is_not_touched() -> None:
    environ = {"PROJ_LIB": "/usr/share/proj"}
    clean_environment(environ)
    assert environ == {"PROJ_LIB": "/usr/share/proj"}
