"""A sheet of tasks, chosen to be looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TaskSheetForm(forms.Form):
    """One file; its content is judged row by row."""

    file = forms.FileField(label=_("表格"), error_messages={"required": _("请选择文件")})
