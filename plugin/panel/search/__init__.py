"""Parts of the search tab: the question, the threshold, the list of hits and its review."""
