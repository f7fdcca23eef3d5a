"""Reasons and refusals in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from anwang.domain.base import Reason, Refusal


def words(said: Reason | Refusal) -> str:
    """The sentence; what stands in its places is translated too where it is a word of ours (a grade, a hazard)."""
    text = gettext(said.text)
    return text % {name: _place(value) for name, value in said.params.items()} if said.params else text


def _place(value: Any) -> Any:
    """Names and numbers stay; words, and lists of words, are translated."""
    if not isinstance(value, str):
        return value
    return gettext("、").join(gettext(each) for each in value.split("、"))
