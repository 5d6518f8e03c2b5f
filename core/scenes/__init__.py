"""Two-date scenes drawn by rule, so that a model can train and the demo can run without anybody's data.

What happened, where, is known to the pixel; light, season and textures differ between the dates on their
own, so that a plain pixel difference finds little.
"""
