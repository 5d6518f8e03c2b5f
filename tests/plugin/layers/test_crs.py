"""Coordinate reference systems travel to the engine by a name that it can know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem

from changeseek.plugin.layers.crs import crs_of, name_of

OWN = "+proj=tmerc +lat_0=47.3 +lon_0=13.1 +k=1 +x_0=17 +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs"


@pytest.fixture
def own_crs(qgis_app: Any) -> Iterator[QgsCoordinateReferenceSystem]:
    """One that a user has made in QGIS's settings."""
    # The tests' own profile has nowhere yet to keep it.
    assert QgsApplication.createDatabase()
    registry = QgsApplication.coordinateReferenceSystemRegistry()
    made = QgsCoordinateReferenceSystem.fromProj(OWN)
    number = registry.addUserCrs(made, "our valley")
    yield QgsCoordinateReferenceSystem(f"USER:{number}")
    registry.removeUserCrs(number)


def test_an_authoritys_code_is_enough() -> None:
    assert name_of(QgsCoordinateReferenceSystem("EPSG:32633")) == "EPSG:32633"


def test_one_of_the_users_own_is_written_out(own_crs: QgsCoordinateReferenceSystem) -> None:
    assert own_crs.isValid()
    assert own_crs.authid().startswith("USER:")
    name = name_of(own_crs)
    assert "47.3" in name
    assert crs_of(name).isValid()
    assert "47.3" in crs_of(name).toProj()


def test_none_has_no_name() -> None:
    assert name_of(QgsCoordinateReferenceSystem()) == ""
    assert not crs_of("").isValid()
