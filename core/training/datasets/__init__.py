"""Readers of public data sets of captioned pairs of dates, and of a user's own table."""
