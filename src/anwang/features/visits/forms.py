"""What a person types about visits: a day, a purpose, a reason, days that suit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.web.fields import DAY, day_input

from .models import Half, WishKind

HALVES = [(value, _(str(label))) for value, label in Half.choices]
WISHES = [(value, _(str(label))) for value, label in WishKind.choices]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, written 2026-11-24 where the browser has no calendar."""
    return forms.DateField(
        label=label, widget=day_input(),
        error_messages=DAY, **more,
    )  # fmt: skip


class MoveForm(forms.Form):
    """Another day, another half of it."""

    day = day_field(_("日期"))
    half = forms.ChoiceField(label=_("时段"), choices=HALVES, required=False)


class VisitForm(MoveForm):
    """A visit arranged by hand. `firms` are (key, name) of those who may be visited."""

    enterprise = forms.TypedChoiceField(
        label=_("企业"), coerce=int, error_messages={"required": _("请选择企业"), "invalid_choice": _("请选择企业")}
    )
    purpose = forms.CharField(label=_("事由"), max_length=200, required=False, help_text=_("例如：联合督导受限空间"))
    party = forms.IntegerField(
        label=_("人数"), min_value=1, max_value=20, initial=1, help_text=_("一次督导的总人数，不搞层层陪同"),
        error_messages={"required": _("请填写人数"), "min_value": _("至少一人"), "invalid": _("请填写人数")},
    )  # fmt: skip
    field_order = ("enterprise", "day", "half", "purpose", "party")

    def __init__(self, *args: Any, firms: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["enterprise"].choices = list(firms)  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """Days that suit, or on which nobody can be received."""

    kind = forms.ChoiceField(label=_("意愿"), choices=WISHES)
    first = day_field(_("从"))
    last = day_field(_("到"), required=False, help_text=_("只有一天的可以不填"))
    note = forms.CharField(label=_("备注"), max_length=100, required=False, help_text=_("例如：设备检修、负责人出差"))

    def days(self) -> tuple[date, date]:
        """First and last day, the same where only one is given."""
        first: date = self.cleaned_data["first"]
        return first, self.cleaned_data["last"] or first
