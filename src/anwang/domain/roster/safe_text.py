"""Text that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

import re

DANGEROUS = "=+-@\t\r\n＝＋－＠"
_STARTS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_QUOTED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet could run (= + - @ TAB CR LF and the full-width signs)."""
    return "'" + text if _STARTS.match(text) else text


def restore(text: str) -> str:
    """Take away the apostrophe that `neutralise` put; the inverse for every text."""
    return text[1:] if _QUOTED.match(text) else text
