"""Whether two sentences speak of the same problem, before a second one is reported: pairs of characters in common."""

from __future__ import annotations

from itertools import pairwise

#: From here on the two are shown to the reporter as perhaps the same.
ALIKE = 0.4


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words; order, spaces and punctuation do not count."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    letters = [letter for letter in text.lower() if letter.isalnum()]
    return {a + b for a, b in pairwise(letters)} or set(letters)
