"""What an enterprise may say about itself; every field is filled in with what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.risk import HazardKind
from anwang.domain.roster.phones import parse_phones
from anwang.web.fields import day_input
from anwang.web.reasons import words


class PhonesField(forms.CharField):
    """One or more telephones as somebody types them."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, **extra: Any) -> None:
        super().__init__(max_length=60, **extra)

    def clean(self, value: Any) -> str:
        parsed = parse_phones(super().clean(value))
        if parsed.fatal and parsed.reason:
            raise forms.ValidationError(words(parsed.reason), code=parsed.reason.code)
        return str(parsed.value or "")


class FactsForm(forms.Form):
    headcount = forms.IntegerField(label=_("从业人数"), min_value=0, max_value=10_000_000)
    principal = forms.CharField(
        label=_("企业主要负责人"), max_length=60, min_length=2, required=False,
        help_text=_("换了人的，核对采纳后另发邀请；新的主要负责人开通后，原来的登录结束"),
    )  # fmt: skip
    principal_phone = PhonesField(label=_("主要负责人电话"), required=False)
    safety_officer = forms.CharField(label=_("安全负责人"), max_length=60, required=False)
    safety_phone = PhonesField(label=_("安全负责人电话"), required=False)
    address = forms.CharField(label=_("生产经营地址"), max_length=300, required=False)

    def __init__(self, *args: Any, known: Mapping[str, str], **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name, phone in known.items():
            note = gettext("现有 %(phone)s；不变可留空。") % {"phone": phone} if phone else ""
            self.fields[name].help_text = note + gettext("加密保存")

    def values(self) -> dict[str, Any]:
        """What is said; a phone or the principal left blank is not."""
        kept = {name for name, field in self.fields.items() if isinstance(field, PhonesField)} | {"principal"}
        return {name: value for name, value in self.cleaned_data.items() if value or name not in kept}


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
