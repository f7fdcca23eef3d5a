"""Reading enterprises, always through the territory."""

from .standing import Standing, find, named, operating, operating_spans, real_names, standings

__all__ = ["Standing", "find", "named", "operating", "operating_spans", "real_names", "standings"]
