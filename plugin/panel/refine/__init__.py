"""Parts of the Refine tab: two tiles to compare, the keys that answer, what the answers have done so far."""
