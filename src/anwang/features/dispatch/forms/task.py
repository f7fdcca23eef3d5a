"""Arranging a task: what, until when, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Grade
from anwang.domain.tasks.states import MODE_LABELS, Mode
from anwang.features.policies import queries as policies
from anwang.web.asked import number
from anwang.web.fields import DAY, day_input

from .. import queries
from ..actions import Given, TaskData


class TaskForm(forms.Form):
    """The fixed questions; whom it reaches is read by `read_targets`."""

    title = forms.CharField(label=_("任务名称"), max_length=120)
    requirement = forms.CharField(label=_("要求"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    due = forms.DateField(label=_("总完成期限"), widget=day_input(), error_messages=DAY)
    due_time = forms.TimeField(
        label=_("钟点（选填）"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    given_due = forms.DateField(
        label=_("承办人完成期限"), required=False, widget=day_input(), error_messages=DAY,
        help_text=_("留空按各级留用时限推算，尽量落在工作日"),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("完成方式"), choices=[(mode.value, _(label)) for mode, label in MODE_LABELS.items()],
        initial=Mode.ALL.value,
    )  # fmt: skip

    def data_of(self, targets: dict[str, Any], files: Sequence[Given]) -> TaskData:
        """What the action takes; the form is valid."""
        given = self.cleaned_data
        return TaskData(
            title=given["title"], requirement=given["requirement"], due=given["due"], targets=targets,
            mode=Mode(given["mode"]), due_time=given["due_time"], given_due=given["given_due"], files=files,
        )  # fmt: skip


def read_targets(data: Any) -> dict[str, Any]:
    """Whom a form names, as it is stored: only keys, codes and words that there are."""
    kind = data.get("kind", "")
    if kind not in queries.KINDS:
        kind = "units"
    if kind == "firms":
        known = {each.code for each in policies.current().industries}
        return {
            "kind": kind, "area": number(data.get("area", "")),
            "grades": [grade for grade in data.getlist("grades") if grade in set(Grade)],
            "industries": [code for code in data.getlist("industries") if code in known],
        }  # fmt: skip
    found = (number(text) for text in data.getlist(kind))
    chosen = {"kind": kind, kind: [key for key in dict.fromkeys(found) if key is not None]}
    if kind == "units" and (below := number(data.get("below", ""))):
        chosen["below"] = below
    return chosen
