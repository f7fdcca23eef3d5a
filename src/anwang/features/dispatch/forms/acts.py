"""What whoever has a task writes: the result, more time, handing down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.domain.tasks.states import MODE_LABELS, Mode
from anwang.web.fields import DAY, day_input

from ..actions import FirmWork

REASON = {"required": _("请写明原因")}


class DoneForm(forms.Form):
    """完成情况; for enterprises also which, in what form, on which day."""

    result = forms.CharField(
        label=_("完成情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请填写完成情况")},
    )  # fmt: skip
    form = forms.ChoiceField(
        label=_("形式"), choices=[(form.value, _(label)) for form, label in FORM_LABELS.items()], required=False
    )
    on = forms.DateField(label=_("办理日期"), widget=day_input(), required=False, error_messages=DAY)
    late_reason = forms.CharField(label=_("逾期原因"), max_length=200, required=False)
    firms = forms.TypedMultipleChoiceField(label=_("本次完成的企业"), required=False, coerce=int)

    def __init__(self, *args: Any, firms: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].choices = firms  # type: ignore[attr-defined]

    def work(self, today: Any) -> FirmWork | None:
        """What was done at enterprises, None where none was ticked."""
        given = self.cleaned_data
        if not given["firms"]:
            return None
        form = Form(given["form"]) if given["form"] else Form.CALL
        return FirmWork(given["firms"], form, given["on"] or today, given["late_reason"])


class ExtendForm(forms.Form):
    wanted = forms.DateField(label=_("延到"), widget=day_input(), error_messages=DAY)
    reason = forms.CharField(label=_("原因"), max_length=200, error_messages=REASON)


class HandForm(forms.Form):
    """When those below are to be done, one for all or each, and what the sender adds."""

    due = forms.DateField(label=_("下级完成期限"), widget=day_input(), error_messages=DAY)
    mode = forms.ChoiceField(
        label=_("完成方式"), choices=[(mode.value, _(label)) for mode, label in MODE_LABELS.items()],
        initial=Mode.ALL.value,
    )  # fmt: skip
    note = forms.CharField(
        label=_("转办意见（选填）"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
