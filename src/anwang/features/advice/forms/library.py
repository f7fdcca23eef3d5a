"""An answer for the library."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.web.fields import day_input

from ..actions import EntryData


class EntryForm(forms.Form):
    """Title, answer, what it rests on, and when to look at it again."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("一句话写清问什么，便于查到"))
    text = forms.CharField(
        label=_("解答"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("企业名称、人名、电话请手工删去，各企业都能看到"),
    )  # fmt: skip
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称和条款"))
    review_on = forms.DateField(
        label=_("复核日期"), widget=day_input(),
        error_messages={"invalid": _("日期应写成 2026-11-24")}, help_text=_("到这一天看看规定变了没有"),
    )  # fmt: skip

    def data_of(self, question: int | None = None) -> EntryData:
        """What the action takes, from a valid form."""
        said = self.cleaned_data
        return EntryData(said["title"], said["text"], said["source"], said["review_on"], question)
