"""Traces of real traffic, pure: from the text of a file to requests/s over time."""
