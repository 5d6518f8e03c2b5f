"""A real QGIS window, driven by mouse and keyboard as a person would, with a picture of each step."""
