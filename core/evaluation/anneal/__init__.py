"""Relevance feedback measured: the papers' experiment, with an annotator who answers by known labels."""
