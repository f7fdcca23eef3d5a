"""Fields that many forms ask for, made in one way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: What a day that is missing or cannot be read is answered with.
DAY = {"invalid": _("日期应写成 2026-11-24"), "required": _("请填写日期")}


def day_input() -> forms.DateInput:
    """The browser's own calendar; the value is written as it wants it, in any language."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any, **extra: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=day_input(), **extra)
