"""The dock in which people ask."""
