"""Names the packages of the checkout, whatever the checkout's folder is called.

The repository is the package `changeseek` itself, so setuptools' own discovery, which starts from folder
names, would call a room `core.raster` instead of `changeseek.core.raster`. All other metadata is in
pyproject.toml.
"""

from __future__ import annotations

from setuptools import find_packages, setup

rooms = find_packages(include=["core", "core.*"])
setup(packages=["changeseek", *(f"changeseek.{room}" for room in rooms)])
