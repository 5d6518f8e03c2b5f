"""Parts of the Images tab: which rasters, what tiles, what a build would do, its progress."""
