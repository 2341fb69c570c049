"""The JSON API: the same answers as the pages, for programs."""
