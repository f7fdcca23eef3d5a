"""Spreadsheets in and out: guard before opening, fast reading, writing, marking errors in the user's own workbook."""
