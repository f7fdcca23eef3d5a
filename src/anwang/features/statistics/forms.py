"""The result of an evaluation by hand, and sheets of them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.web.fields import SheetField, day_input

from .actions import EvaluationData


class EvaluationForm(forms.Form):
    """Day, score and what the evaluator calls it."""

    on = forms.DateField(label=_("评价日期"), widget=day_input())
    score = forms.DecimalField(
        label=_("得分（0 至 100）"), min_value=0, max_value=100, max_digits=4, decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
    )  # fmt: skip
    result = forms.CharField(label=_("评定等级（选填）"), max_length=20, required=False)
    evaluator = forms.CharField(label=_("评价单位（选填）"), max_length=60, required=False)

    def evaluation(self) -> EvaluationData:
        """What the action takes, from a valid form."""
        data = self.cleaned_data
        return EvaluationData(data["on"], float(data["score"]), data["result"], data["evaluator"])


class EvaluationSheetForm(forms.Form):
    """A workbook of many results."""

    file = SheetField(label=_("评价结果表"), max_length=255, too_large=_("文件超过 %(most)s MB，请分县区上传。"))
