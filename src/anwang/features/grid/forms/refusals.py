"""A refusal as a sentence of a form."""

from __future__ import annotations

from django.utils.translation import gettext

from anwang.domain.base import Refusal


def say(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    text = gettext(refusal.text)
    return text % refusal.params if refusal.params else text
