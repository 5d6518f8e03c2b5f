"""Tiles on the map canvas: picked, outlined, flickered between the dates."""
