"""Ordering remote work for a time, and ending it before its time (四.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.features.policies import queries as policies
from anwang.web.fields import day_field

from .fields import UnitField, reason_field


class MeasureForm(forms.Form):
    """Where, from which day to which (both included), why."""

    first = day_field(_("开始日期"))
    last = day_field(_("结束日期"))
    reason = reason_field(_("依据和原因"), help_text=_("例如：根据市疫情防控指挥部通知，暂停入企"))

    def __init__(self, *args: Any, actor: Actor, on: date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        words = gettext("这一天仍按远程计；最长 %(days)s 天，到期自动恢复现场督导")
        self.fields["last"].help_text = words % {"days": policies.current().visits(on).measure_days}
        self.fields["unit"] = UnitField(label=_("适用网格"), actor=actor, on=on)
        self.order_fields(["unit", "first", "last", "reason"])


class EndMeasureForm(forms.Form):
    """From which day visits are possible again, and why."""

    on = day_field(_("恢复现场督导的日期"), help_text=_("从这一天起不再按远程计；此前的登记不变"))
    reason = reason_field(_("原因"))
