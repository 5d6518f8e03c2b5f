"""Makes a model: data sets and drawn scenes in, a model folder out."""
