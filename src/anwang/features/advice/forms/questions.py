"""A question: by the enterprise on its page, or as it was asked by phone or in person."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from anwang.domain.advice.question import ASKED_LABELS, Asked

from ..actions import Asking


class AskForm(forms.Form):
    """What an enterprise wants to know, and of whom: the lead supervisor unless it says otherwise."""

    text = forms.CharField(
        label=_("问题"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明要问什么")},
    )  # fmt: skip
    first = forms.TypedChoiceField(label=_("问谁"), coerce=int)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = people  # type: ignore[attr-defined]
        self.fields["client_id"].initial = uuid4

    def asking(self, enterprise: int) -> Asking:
        """What the action takes, from a valid form."""
        data = self.cleaned_data
        return Asking(data["client_id"], enterprise, data["text"], data["first"])


class RecordForm(AskForm):
    """As asked by phone or in person, with the answer when it was given at once."""

    channel = forms.ChoiceField(
        label=_("怎样问的"), widget=forms.RadioSelect, initial=Asked.PHONE,
        choices=[(k.value, _(v)) for k, v in ASKED_LABELS.items() if k is not Asked.PAGE],
    )  # fmt: skip
    asker = forms.CharField(label=_("提问人（选填）"), max_length=60, required=False)
    asker_phone = forms.CharField(
        label=_("回电号码（选填）"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("只用来告知答复，加密保存，办结后 1 年删除"),
    )  # fmt: skip
    reply = forms.CharField(
        label=_("当场的答复（选填）"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("当场答复了就写在这里，直接办结；没有答复的留空，到期前再答"),
    )  # fmt: skip
    field_order = ("text", "channel", "asker", "asker_phone", "first", "reply", "client_id")

    def asking(self, enterprise: int) -> Asking:
        data = self.cleaned_data
        return Asking(
            data["client_id"], enterprise, data["text"], data["first"], Asked(data["channel"]), data["asker"],
            data["asker_phone"],
        )  # fmt: skip
