"""Hits, dates and outlines as layers of a project."""
