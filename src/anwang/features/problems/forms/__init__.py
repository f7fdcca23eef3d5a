"""What is typed into the pages of problems."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.ladder.rules import PROBLEM_LABELS, ProblemKind
from anwang.web.fields import DAY, day_input

from ..actions import Given, ProblemData
from ..models import Source

CHOICES = [(kind.value, _(label)) for kind, label in PROBLEM_LABELS.items()]


class ReportForm(forms.Form):
    """What was found; only kind and a sentence are asked for."""

    kind = forms.ChoiceField(label=_("类型"), choices=CHOICES, error_messages={"required": _("请选择类型")})
    title = forms.CharField(label=_("是什么问题"), max_length=80, error_messages={"required": _("请写明是什么问题")})
    text = forms.CharField(
        label=_("详细情况（选填）"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    spot = forms.CharField(label=_("部位（选填）"), max_length=120, required=False)
    found_on = forms.DateField(label=_("发现日期"), widget=day_input(), required=False, error_messages=DAY)
    measures = forms.CharField(
        label=_("整改要求或建议（选填）"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    deadline = forms.DateField(label=_("建议整改期限（选填）"), widget=day_input(), required=False, error_messages=DAY)
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid4

    def problem(self, enterprise: int, contact: int | None, files: list[Given], *, task: bool) -> ProblemData:
        """What the action takes, from a valid form; `task`: it was found while a task was done."""
        given = self.cleaned_data
        source = Source.CONTACT if contact else Source.TASK if task else Source.CHECK
        return ProblemData(
            enterprise=enterprise, kind=ProblemKind(given["kind"]), title=given["title"], text=given["text"],
            spot=given["spot"], found_on=given["found_on"], source=source, contact=contact,
            deadline=given["deadline"], measures=given["measures"], client_id=given["client_id"],
            files=files,
        )  # fmt: skip


class ActForm(forms.Form):
    """What goes with an act: words, a day, what is missing, departments; `version` of the page it was typed into."""

    text = forms.CharField(max_length=1000, required=False)
    day = forms.DateField(required=False, error_messages=DAY)
    reason = forms.CharField(max_length=20, required=False)
    posts = forms.TypedMultipleChoiceField(required=False, coerce=int)
    approve = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=1, required=False)

    def __init__(self, *args: Any, posts: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(key, str(key)) for key in posts]  # type: ignore[attr-defined]
