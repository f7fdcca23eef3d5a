"""Whom the principal gives which access until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Right
from anwang.domain.portal.staff import LONGEST, RIGHT_LABELS, RIGHT_NOTES
from anwang.web.fields import DAY, day_input


class RightsForm(forms.Form):
    """Rights and their last day."""

    rights = forms.MultipleChoiceField(
        label=_("可以做什么"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一项权限。")},
    )  # fmt: skip
    until = forms.DateField(label=_("截止日期"), widget=day_input(), error_messages=DAY)

    def __init__(self, *args: Any, today: date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["rights"].choices = [  # type: ignore[attr-defined]
            (right.value, format_html("<b>{}</b> <small>{}</small>", gettext(RIGHT_LABELS[right]), _note(right)))
            for right in Right
        ]
        self.fields["until"].widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}
        self.fields["until"].help_text = gettext("最长一年；到期自动停止，也可以随时停止")

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"rights": [Right(each) for each in self.cleaned_data["rights"]], "until": self.cleaned_data["until"]}


def _note(right: Right) -> str:
    return gettext(RIGHT_NOTES[right])


class StaffForm(RightsForm):
    """Somebody new."""

    name = forms.CharField(label=_("姓名"), min_length=2, max_length=60)
    title = forms.CharField(label=_("职务"), min_length=2, max_length=60, help_text=_("例如：安全管理员、车间主任"))
    field_order = ("name", "title", "rights", "until")
