"""Parts of the Caption tab: the two pictures of a tile and its ranked sentences."""
