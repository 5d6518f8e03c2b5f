"""Compares coordinate reference systems that two files may spell differently."""

from __future__ import annotations

from functools import lru_cache

from rasterio.crs import CRS


@lru_cache(maxsize=64)
def same_crs(one: str, other: str) -> bool:
    """Whether two authority codes or WKTs mean the same system."""
    return one == other or bool(CRS.from_user_input(one) == CRS.from_user_input(other))
