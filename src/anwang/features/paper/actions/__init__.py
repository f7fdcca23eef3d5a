"""Changing what is known of paper."""

from .printing import FORMATS, print_sheets
from .receiving import MOST_SCANS, Received, choose, drop_scan, file_scans, receive_scans

__all__ = ["FORMATS", "MOST_SCANS", "Received", "choose", "drop_scan", "file_scans", "print_sheets", "receive_scans"]
