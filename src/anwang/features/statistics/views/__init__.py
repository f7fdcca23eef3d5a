"""The leader's table and its rows; the papers of the notice."""

from .papers import attachment5, download, listing, make
from .table import export, rows, table

__all__ = ["attachment5", "download", "export", "listing", "make", "rows", "table"]
