"""Acts on one enterprise: status, move, grade, and the reason for each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.web.fields import day_field

from ..models import GRADES, Status
from .fields import UnitField, translated


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("事由"), min_length=2, max_length=120)


class StatusForm(forms.Form):
    """Open, suspend or close from a day on."""

    status = forms.ChoiceField(label=_("经营状态"))
    on = day_field(_("自何日起"))
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=120, help_text=_("例如：停产检修、注销、复工"))

    def __init__(self, *args: Any, now: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        choices = [(value, label) for value, label in Status.choices if value != now]
        self.fields["status"].choices = translated(choices)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Another unit from a day on, perhaps with another address."""

    address = forms.CharField(label=_("新地址"), max_length=300, required=False, help_text=_("不变可留空"))
    on = day_field(_("自何日起"))
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=120, help_text=_("例如：搬迁、地点填错"))

    def __init__(self, *args: Any, actor: Actor, on: date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["unit"] = UnitField(label=_("迁入网格"), actor=actor, on=on)
        self.order_fields(("unit", "address", "on", "reason"))


class GradeForm(forms.Form):
    """A grade set by a person for a while."""

    grade = forms.ChoiceField(label=_("调整为"))
    reason = forms.CharField(label=_("理由"), min_length=2, max_length=200)
    evidence = forms.CharField(label=_("依据"), max_length=200, help_text=_("例如：评价报告名称和日期"))
    until = day_field(_("有效至"), help_text=_("到期后自动恢复按附件6判定的等级"))

    def __init__(self, *args: Any, computed: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["grade"].choices = translated(c for c in GRADES if c[0] != computed)  # type: ignore[attr-defined]
