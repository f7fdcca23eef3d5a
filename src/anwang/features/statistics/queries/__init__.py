"""Reading the sums: the leader's table, its rows, its exceptions. One layer for screens, documents and commands."""

from .exceptions import Notable, exceptions
from .rows import RowFilter, obligation_rows
from .spans import Span, span_of
from .table import Line, TableView, person_table, unit_table

__all__ = [
    "Line",
    "Notable",
    "RowFilter",
    "Span",
    "TableView",
    "exceptions",
    "obligation_rows",
    "person_table",
    "span_of",
    "unit_table",
]
