"""How far the cells of a sheet reach, from its raw XML, before a reader allocates the whole rectangle.

One value in cell XFD1048576 costs a reader 17 thousand million cells. Cells with a style only do not count:
real workbooks are full of them.
"""

from __future__ import annotations

import re

import numpy as np

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']\s*([A-Za-z]+)(\d+)\s*["'][^>]*>""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*["']\s*(\d+)\s*["'][^>]*(?<!/)>""")
_NO_ADDRESS = re.compile(rb"""<(?:\w+:)?c(?:>|\s+(?![^>]*\br\s*=)[^>]*>)""")
_END = re.compile(rb"\s*</(?:\w+:)?c\s*>")
_WIDTH = 11


def has_far_cells(xml: bytes, rows: int, columns: int) -> bool:
    """True when a cell with a value lies beyond row `rows` or column `columns` (both counted from 1)."""
    if not _may_have_far_cells(xml, rows, columns):
        return False
    for match in _CELL.finditer(xml):
        if _column(match[1]) > columns or int(match[2]) > rows:
            empty = match[0].endswith(b"/>") or _END.match(xml, match.end())
            if not empty:
                return True
    far_row = any(int(match[1]) > rows for match in _ROW.finditer(xml))
    return far_row and _NO_ADDRESS.search(xml) is not None


def _may_have_far_cells(xml: bytes, rows: int, columns: int) -> bool:
    """A fast scan that never misses: attributes r="…" that are too long or too large, or written in an unusual way."""
    text = np.frombuffer(xml, np.uint8)
    if text.size < _WIDTH + 2:
        return False
    named = np.flatnonzero(text[:-1] == ord("r"))
    named = named[(named > 0)]
    named = named[text[named - 1] <= 32]
    after = text[named + 1]
    if (after <= 32).any():
        return True
    named = named[after == ord("=")]
    starts = named + 3
    starts = starts[starts + _WIDTH < text.size]
    if starts.size != named.size and _CELL.search(xml, max(0, text.size - 64)):
        return True
    return bool(_beyond(text, starts, rows, columns))


def _beyond(text: np.ndarray, starts: np.ndarray, rows: int, columns: int) -> bool:
    """Read letters and digits of all addresses at once, one character place at a time."""
    column = np.zeros(starts.size, np.int64)
    row = np.zeros(starts.size, np.int64)
    reading = np.ones(starts.size, bool)
    for place in range(_WIDTH):
        char = text[starts + place]
        letter = reading & (((char >= 65) & (char <= 90)) | ((char >= 97) & (char <= 122)))
        digit = reading & (char >= 48) & (char <= 57)
        column = np.where(letter, column * 26 + (char & 31), column)
        row = np.where(digit, row * 10 + (char.astype(np.int64) - 48), row)
        reading = letter | digit
    odd = reading | ((column == 0) & (row == 0))
    return bool((odd | (column > columns) | (row > rows)).any())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
