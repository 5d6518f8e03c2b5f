"""Text-ITSR and every other model behind one face: pairs of patches and sentences become vectors."""
