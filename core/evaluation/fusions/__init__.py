"""Which fusion to ship: all six trained as heads on the same cached tokens, measured on the same gallery."""
