"""The main job from end to end on a scene whose truth is known, so that anybody can see what it is worth."""
