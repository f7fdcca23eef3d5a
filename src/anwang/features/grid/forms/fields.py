"""Fields that the forms of the grid share: a day, a phone, a unit found by name or code."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor

from .. import queries


def reason_field(label: Any, **extra: Any) -> forms.CharField:
    """A reason in words."""
    return forms.CharField(label=label, min_length=2, max_length=120, **extra)


class PhoneField(forms.CharField):
    """A mobile or a landline with its area code; spaces and dashes are dropped from a mobile."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        digits = re.sub(r"[\s\-－—]", "", text)
        if not digits:
            return ""
        if re.fullmatch(r"(\+?86)?1\d{10}", digits):
            return digits[-11:]
        if re.fullmatch(r"0\d{9,11}|\d{7,8}", digits):
            return digits
        raise forms.ValidationError(gettext("号码应为 11 位手机号，或带区号的固定电话。"), code="phone_form")


class UnitField(forms.CharField):
    """A unit of the actor's territory, by its 12-digit code or its name; several of a name are listed to choose."""

    def __init__(self, *, actor: Actor, on: date, **extra: Any) -> None:
        super().__init__(help_text=_("填名称或 12 位代码，例如 371302101000"), **extra)
        self.actor, self.on = actor, on

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value))
        found = queries.named_units(self.actor, text, on=self.on)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("您的辖区内没有这个网格，请核对名称或代码。"), code="unit_unknown")
        named = "；".join(f"{unit.name} {unit.code}" for unit in found)
        words = gettext("有多个网格符合，请改填代码：%(named)s") % {"named": named}
        raise forms.ValidationError(words, code="unit_several")
