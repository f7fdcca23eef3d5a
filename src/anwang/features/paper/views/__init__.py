"""Paper: sheets to print, a month as a spreadsheet, photos that come back."""

from .page import month, open_sheet, page, sheets
from .scans import choose, drop, file, image, scan, upload
from .sheet import sheet, sheet_image

__all__ = [
    "choose",
    "drop",
    "file",
    "image",
    "month",
    "open_sheet",
    "page",
    "scan",
    "sheet",
    "sheet_image",
    "sheets",
    "upload",
]
