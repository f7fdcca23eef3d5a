"""A refusal as a sentence of a form."""

from __future__ import annotations

from anwang.domain.base import Refusal
from anwang.web.reasons import words


def say(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return words(refusal)
