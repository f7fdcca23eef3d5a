"""What an enterprise may say about itself; every field is filled in with what stands now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.risk import HazardKind
from anwang.domain.roster.phones import parse_phones
from anwang.web.fields import day_input
from anwang.web.reasons import words


class FactsForm(forms.Form):
    headcount = forms.IntegerField(label=_("从业人数"), min_value=0, max_value=10_000_000)
    safety_officer = forms.CharField(label=_("安全负责人"), max_length=60, required=False)
    safety_phone = forms.CharField(
        label=_("安全负责人电话"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(label=_("生产经营地址"), max_length=300, required=False)

    def __init__(self, *args: Any, known: str = "", **extra: Any) -> None:
        super().__init__(*args, **extra)
        note = gettext("现有 %(phone)s；不变可留空。") % {"phone": known} if known else ""
        self.fields["safety_phone"].help_text = note + gettext("加密保存")

    def clean_safety_phone(self) -> str:
        parsed = parse_phones(self.cleaned_data["safety_phone"])
        if parsed.fatal and parsed.reason:
            raise forms.ValidationError(words(parsed.reason), code=parsed.reason.code)
        return str(parsed.value or "")

    def values(self) -> dict[str, Any]:
        """What is said; a phone left blank is not."""
        return {name: value for name, value in self.cleaned_data.items() if value or name != "safety_phone"}


class StatusForm(forms.Form):
    on = forms.DateField(label=_("自何日起"), widget=day_input())
    reason = forms.CharField(
        label=_("原因"), min_length=2, max_length=120, help_text=_("例如：停产检修、订单不足、复工")
    )


class PointForm(forms.Form):
    name = forms.CharField(label=_("风险点名称"), max_length=80, help_text=_("例如：液氨储罐区、喷涂车间"))
    location = forms.CharField(label=_("位置"), max_length=120, required=False)
    persons = forms.IntegerField(label=_("同一作业时间作业人数"), min_value=0, max_value=100_000, initial=0)
    hazards = forms.MultipleChoiceField(
        label=_("危险因素"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, _(kind.label)) for kind in HazardKind],
    )  # fmt: skip
    major_hazard = forms.BooleanField(label=_("涉及重大危险源"), required=False)
    serious = forms.BooleanField(label=_("发生过死亡、重伤或重大财产损失事故"), required=False)
    minor = forms.IntegerField(label=_("轻伤、一般财产损失事故次数"), min_value=0, max_value=1000, initial=0)
    persists = forms.BooleanField(label=_("发生事故的条件依然存在"), required=False, initial=True)

    def values(self) -> dict[str, Any]:
        """As a declaration keeps it."""
        data = self.cleaned_data
        return {**data, "name": data["name"].strip(), "hazards": sorted(data["hazards"])}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)
