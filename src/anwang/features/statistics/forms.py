"""The result of an evaluation by hand, and sheets of them."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.web.fields import day_input

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

    file = forms.FileField(label=_("评价结果表"), allow_empty_file=False, max_length=255)

    def clean_file(self) -> UploadedFile:
        """Refused by size before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        most = settings.MAX_UPLOAD_BYTES
        if file.size is not None and file.size > most:
            text = gettext("文件超过 %(most)s MB，请分县区上传。") % {"most": most >> 20}
            raise forms.ValidationError(text, code="file_large")
        return file
