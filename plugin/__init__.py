"""The side of ChangeSeek that runs inside QGIS: what people see and click, none of the engine's libraries."""
