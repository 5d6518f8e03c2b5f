"""The only way to the engine: finds it, starts it, asks it, ends it."""
