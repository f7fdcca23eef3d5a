"""Fields that the forms of the roster share: a day, a phone, a unit found by name or code, words of choices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor, Refusal
from anwang.domain.roster.phones import parse_phones
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.web.reasons import words


def say(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return words(refusal)


def translated(choices: Iterable[tuple[Any, Any]], empty: str = "") -> list[tuple[str, str]]:
    """Choices in the reader's language, with an empty one first when it has words."""
    found = [(str(value), gettext(str(label))) for value, label in choices if value != ""]
    return [("", empty), *found] if empty else found


def industry_choices(on: date, empty: str = "") -> list[tuple[str, str]]:
    """The policy's industries in force (二.1)."""
    return translated(((each.code, each.name) for each in policies.current().industries if on in each.interval), empty)


class PhonesField(forms.CharField):
    """Numbers in one spelling, several joined by 、."""

    def clean(self, value: Any) -> str:
        parsed = parse_phones(str(super().clean(value)))
        if parsed.fatal and parsed.reason:
            raise forms.ValidationError(words(parsed.reason), code=parsed.reason.code)
        return str(parsed.value or "")


class UnitField(forms.CharField):
    """A unit of the actor's territory, by its 12-digit code or its name; several of a name are listed to choose."""

    def __init__(self, *, actor: Actor, on: date, **extra: Any) -> None:
        extra.setdefault("help_text", _("填村居、乡镇名称或 12 位代码，例如 371302101201"))
        super().__init__(max_length=80, **extra)
        self.actor, self.on = actor, on

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value))
        if not text:
            return None
        found = grid.named_units(self.actor, text, on=self.on)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("您的辖区内没有这个网格，请核对名称或代码。"), code="unit_unknown")
        named = "；".join(f"{unit.name} {unit.code}" for unit in found)
        words = gettext("有多个网格符合，请改填代码：%(named)s") % {"named": named}
        raise forms.ValidationError(words, code="unit_several")
