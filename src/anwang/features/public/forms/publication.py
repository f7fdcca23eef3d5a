"""A bulletin, a list, or the title of what is to be asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.documents.tree import Disclosure
from anwang.web.fields import day_input

from ..actions import PublicationData

MARKS = (Disclosure.PUBLIC, Disclosure.ON_REQUEST)


class PublicationForm(forms.Form):
    """Title, number, date, mark and the PDF."""

    title = forms.CharField(label=_("名称"), max_length=120)
    number = forms.CharField(label=_("文号（选填）"), max_length=60, required=False)
    on = forms.DateField(label=_("成文日期"), widget=day_input())
    disclosure = forms.ChoiceField(label=_("信息公开形式"), help_text=_("依申请公开的只列名称，不上传文件"))
    file = forms.FileField(label=_("PDF 文件"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disclosure"].choices = [(mark.value, _(mark.label)) for mark in MARKS]  # type: ignore[attr-defined]

    def publication(self) -> PublicationData:
        """What the action takes, from a valid form."""
        data = self.cleaned_data
        return PublicationData(data["title"], data["on"], Disclosure(data["disclosure"]), data["number"])
