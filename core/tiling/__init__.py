"""The working grid becomes tiles, and tiles become patches of both dates, streamed in order."""
