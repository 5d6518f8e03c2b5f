"""Runs inside the driven QGIS: answers questions about what is on the screen and does nothing else."""
