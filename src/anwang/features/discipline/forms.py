"""Forms of ratings and complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.discipline.complaints import KIND_LABELS
from anwang.domain.discipline.ratings import OPINION_LABELS

from .queries import Someone


def choices(labels: Any) -> list[tuple[str, str]]:
    """Codes with their words in the reader's language."""
    return [(key.value, gettext(label)) for key, label in labels.items()]


class RatingForm(forms.Form):
    """One tap; words if the enterprise wishes."""

    opinion = forms.ChoiceField(label=_("这次督导"), choices=lambda: choices(OPINION_LABELS), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("想说的话（选填）"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class ComplaintForm(forms.Form):
    """What, about whom, and how to reach the complainer if they wish. Who complains is seen only by whoever handles."""

    kind = forms.ChoiceField(label=_("反映什么"), choices=lambda: choices(KIND_LABELS), widget=forms.RadioSelect)
    person = forms.TypedChoiceField(
        label=_("涉及谁"), coerce=int, required=False, empty_value=None,
        help_text=_("所选人员及其同级都看不到这件投诉；不选的，由全部包保人员的上级受理"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("发生了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明大致时间和经过，一句话也可以"),
    )  # fmt: skip
    complainer = forms.CharField(label=_("反映人（选填）"), required=False, max_length=40)
    phone = forms.CharField(label=_("联系电话（选填）"), required=False, max_length=40, help_text=_("只有受理人看得到"))
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Iterable[Someone], **extra: Any) -> None:
        super().__init__(*args, **extra)
        named = [(each.person, f"{each.name} · {each.title}") for each in people]
        self.fields["person"].choices = [("", gettext("不针对具体人员")), *named]  # type: ignore[attr-defined]
        self.fields["client_id"].initial = uuid4


class FirmForm(forms.Form):
    """The enterprise that called."""

    name = forms.CharField(label=_("来电企业"), max_length=120, help_text=_("填企业全称或统一社会信用代码"))


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("核实情况和处理结果"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("企业会立即看到"),
    )  # fmt: skip


class RaiseForm(forms.Form):
    reason = forms.CharField(
        label=_("哪里不满意"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("转上一级复核，只有一次"),
    )  # fmt: skip
