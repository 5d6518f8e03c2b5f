"""How good a model is: on changes composed of images that no training saw, with baselines beside."""
