"""ChangeSeek in the Processing toolbox."""
