"""Reading enterprises, always through the territory."""

from .allocating import AllocationRow, Card, allocation_rows, cards, in_scope, spans_of
from .dated import places_now
from .exporting import export_rows
from .listing import Filters, Line, counts, lines, listing
from .standing import Standing, between, find, named, named_like, operating, operating_spans, real_names, standings

__all__ = [
    "AllocationRow",
    "Card",
    "Filters",
    "Line",
    "Standing",
    "allocation_rows",
    "between",
    "cards",
    "counts",
    "export_rows",
    "find",
    "in_scope",
    "lines",
    "listing",
    "named",
    "named_like",
    "operating",
    "operating_spans",
    "places_now",
    "real_names",
    "spans_of",
    "standings",
]
