"""The engine as a process: it answers QGIS over a pipe, and neither can bring the other down."""
