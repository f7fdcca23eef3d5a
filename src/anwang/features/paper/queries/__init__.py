"""Reading what paper needs: sheets to print, sheets that came back, a month as a spreadsheet."""

from .codes import Code, code_of, read_code
from .month import month_rows
from .scans import Scanned, recorded, scan_for, scans_of, sheet_of, sheets_from
from .sheets import bound_in, may_print_for, sheets_of

__all__ = [
    "Code",
    "Scanned",
    "bound_in",
    "code_of",
    "may_print_for",
    "month_rows",
    "read_code",
    "recorded",
    "scan_for",
    "scans_of",
    "sheet_of",
    "sheets_from",
    "sheets_of",
]
