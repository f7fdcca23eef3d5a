"""Forms of what touches several features."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Refusal
from anwang.web.fields import day_input
from anwang.web.reasons import words


def say(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    return words(refusal)


class RegridForm(forms.Form):
    """A shipped table or an uploaded one, and its first day."""

    table = forms.ChoiceField(label=_("区划表"), choices=[("2023", _("2023 年统计用区划代码（随系统附带）"))])
    file = forms.FileField(label=_("或上传 CSV"), required=False, help_text=_("列：code12、level、name、parent12"))
    on = forms.DateField(label=_("起用日期"), widget=day_input())
