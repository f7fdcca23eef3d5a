"""The leader's table and its rows; the papers of the notice; the file of an enterprise."""

from .file import enterprise_file, evaluation_add, evaluation_restore, evaluation_withdraw
from .papers import attachment5, download, listing, make
from .table import export, rows, table

__all__ = [
    "attachment5",
    "download",
    "enterprise_file",
    "evaluation_add",
    "evaluation_restore",
    "evaluation_withdraw",
    "export",
    "listing",
    "make",
    "rows",
    "table",
]
