"""What the desks fill in."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.ladder.rules import PROBLEM_LABELS
from anwang.web.fields import DAY, day_input

from .public import LineForm, kinds, lines


class CallForm(LineForm):
    """A report by telephone. The clerk writes the case in other words than the caller's."""

    enterprise = forms.CharField(label=_("企业"), max_length=120, help_text=_("填企业全称或统一社会信用代码"))
    kind = forms.ChoiceField(label=_("反映什么"), choices=kinds, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("案情（办理人看到的）"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用自己的话写时间、地点、事情；不写来电人是谁，也不写只有他知道的细节"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("来电人原话要点"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("提交后封存，办理人看不到"),
    )  # fmt: skip
    line = forms.ChoiceField(label=_("是否涉及下列工作人员"), choices=lines, required=False)
    name = forms.CharField(label=_("来电人（选填）"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("来电人电话（选填）"), required=False, max_length=40, help_text=_("单独加密封存，登记后您也看不到")
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class RetellForm(forms.Form):
    text = forms.CharField(
        label=_("用自己的话改写"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写时间、地点、事情；去掉口头语、姓名、工种、班次和只有他知道的细节"),
    )  # fmt: skip
    photos = forms.BooleanField(
        label=_("照片转给办理人"), required=False, help_text=_("从角度、反光能认出拍照人的，不要转")
    )


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("内容"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class UnsealForm(forms.Form):
    number = forms.CharField(label=_("举报编号"), max_length=20, help_text=_("例如 JB2026-00012"))
    reason = forms.CharField(
        label=_("为什么必须知道举报人是谁"), min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("由另一人、另一职务审批；双方姓名和时间记入审计"),
    )  # fmt: skip


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=_("审批理由"), min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class RaiseForm(forms.Form):
    """A report as a problem: what the enterprise and its supervisors will read."""

    kind = forms.ChoiceField(
        label=_("类型"), choices=[("", _("请选择类型")), *((k.value, _(v)) for k, v in PROBLEM_LABELS.items())],
        error_messages={"required": _("请选择类型")},
    )  # fmt: skip
    title = forms.CharField(label=_("是什么问题"), max_length=80)
    text = forms.CharField(
        label=_("详细情况（选填）"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    spot = forms.CharField(label=_("部位（选填）"), max_length=120, required=False)
    deadline = forms.DateField(label=_("建议整改期限（选填）"), widget=day_input(), required=False, error_messages=DAY)
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
