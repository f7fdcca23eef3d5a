"""A risk point with its facts, as 附件6 asks for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Grade
from anwang.domain.risk import HazardKind, RiskFacts

from ..models import GRADES
from .fields import translated


class PointForm(forms.Form):
    name = forms.CharField(label=_("风险点名称"), max_length=80, help_text=_("例如：液氨储罐区、喷涂车间"))
    location = forms.CharField(label=_("位置"), max_length=120, required=False)
    major_hazard = forms.BooleanField(label=_("涉及重大危险源"), required=False)
    hazards = forms.MultipleChoiceField(
        label=_("危险因素"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, _(kind.label)) for kind in HazardKind],
    )  # fmt: skip
    persons = forms.IntegerField(label=_("同一作业时间作业人数"), min_value=0, max_value=100_000, initial=0)
    serious = forms.BooleanField(label=_("发生过死亡、重伤或重大财产损失事故"), required=False)
    minor = forms.IntegerField(label=_("轻伤、一般财产损失事故次数"), min_value=0, max_value=1000, initial=0)
    persists = forms.BooleanField(label=_("发生事故的条件依然存在"), required=False, initial=True)
    evaluated = forms.ChoiceField(label=_("评价确定的等级"), required=False, help_text=_("没有评价则不选"))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        none = gettext("没有评价")
        self.fields["evaluated"].choices = translated(GRADES, none)  # type: ignore[attr-defined]

    def facts(self) -> RiskFacts:
        """The facts as the rules read them."""
        data = self.cleaned_data
        return RiskFacts(
            fatal_or_major_ever=data["serious"], minor_accidents=data["minor"], condition_persists=data["persists"],
            major_hazard_source=data["major_hazard"], hazard_kinds=frozenset(map(HazardKind, data["hazards"])),
            persons=data["persons"], evaluated_level=Grade(data["evaluated"]) if data["evaluated"] else None,
            label=data["name"].strip(),
        )  # fmt: skip

    @staticmethod
    def initial_of(name: str, location: str, facts: RiskFacts) -> dict[str, Any]:
        """The form's values for a point on record."""
        return {
            "name": name,
            "location": location,
            "major_hazard": facts.major_hazard_source,
            "hazards": [kind.value for kind in facts.hazard_kinds],
            "persons": facts.persons,
            "serious": facts.fatal_or_major_ever,
            "minor": facts.minor_accidents,
            "persists": facts.condition_persists,
            "evaluated": facts.evaluated_level.value if facts.evaluated_level else "",
        }
