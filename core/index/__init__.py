"""Tiles become an index on disk; a text, a transition or an example tile becomes ranked hits."""
