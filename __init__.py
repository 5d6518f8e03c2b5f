"""ChangeSeek: type what changed, see where it happened. QGIS loads the plugin from here."""
