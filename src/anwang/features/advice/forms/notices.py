"""A policy notice and whom it is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Grade, Level

from ..actions import NoticeData

LEVELS = (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


class NoticeForm(forms.Form):
    """The text, an attachment, and a filter; nothing ticked is everything."""

    title = forms.CharField(label=_("标题"), max_length=120)
    number = forms.CharField(label=_("文号（选填）"), max_length=60, required=False)
    text = forms.CharField(
        label=_("要点"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写清要企业知道和做到的，督导人员照此传达"),
    )  # fmt: skip
    file = forms.FileField(label=_("附件（选填）"), required=False)
    units = forms.TypedMultipleChoiceField(label=_("单位"), required=False, coerce=int)
    levels = forms.MultipleChoiceField(label=_("主包保人的层级"), required=False)
    industries = forms.MultipleChoiceField(label=_("行业"), required=False)
    grades = forms.MultipleChoiceField(label=_("风险等级"), required=False)

    def __init__(
        self, *args: Any, units: list[tuple[int, str]], industries: list[tuple[str, str]], most: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self._choose("units", units)
        self._choose("industries", industries)
        self._choose("levels", [(level.value, _(level.label)) for level in LEVELS])
        self._choose("grades", [(grade.value, _(grade.label)) for grade in Grade])
        self.groups = [self[name] for name in ("units", "levels", "industries", "grades")]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.widget = forms.CheckboxSelectMultiple(choices=choices)

    def notice(self) -> NoticeData:
        """What the action takes, from a valid form."""
        data = self.cleaned_data
        return NoticeData(
            data["title"], data["text"], data["number"], data["units"], data["levels"], data["industries"],
            data["grades"],
        )  # fmt: skip
