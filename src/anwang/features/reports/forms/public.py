"""What a reporter fills in, without script. Only what happened is asked; everything else may stay empty."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Level
from anwang.domain.reports.cases import KIND_LABELS, LINE_LABELS

WHOLE, MANY = 3000, 3


def kinds() -> list[tuple[str, str]]:
    """What a report may be about, in the reader's language."""
    return [(kind.value, gettext(label)) for kind, label in KIND_LABELS.items()]


def lines() -> list[tuple[str, str]]:
    """Up to which level people are complained of."""
    return [("", gettext("不涉及")), *((level.value, gettext(label)) for level, label in LINE_LABELS.items())]


class ManyFiles(forms.FileInput):
    """Several files of one field."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class Photos(forms.FileField):
    """Up to three photos, as bytes; whether they are photos is judged when they are kept."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> tuple[bytes, ...]:  # type: ignore[override]
        files = [each for each in data or [] if each]
        if len(files) > MANY:
            raise forms.ValidationError(gettext("最多 3 张照片。"))
        return tuple(each.read() for each in files)


class SumForm(forms.Form):
    """Asked only when very many requests came from one network on one day; nobody is locked out."""

    total = forms.CharField(label=_("今天从这个网络来的请求较多，请算出得数"), required=False, max_length=4,
                            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))  # fmt: skip
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class LineForm(forms.Form):
    """A form with the field `line`."""

    def clean_line(self) -> Level | None:
        """The level, or none."""
        return Level(self.cleaned_data["line"]) if self.cleaned_data["line"] else None


class ReportForm(LineForm):
    kind = forms.ChoiceField(label=_("反映什么"), choices=kinds, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("发生了什么"), max_length=WHOLE, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("什么时候、在哪里、怎么回事。原话会被封存，办理人看到的是工作人员改写后的内容"),
    )  # fmt: skip
    line = forms.ChoiceField(
        label=_("是否涉及下列工作人员"), choices=lines, required=False,
        help_text=_("选了以后，由更上一级办理，所选一级及以下都看不到。这家企业的包保人员无论选不选都看不到"),
    )  # fmt: skip
    photos = Photos(label=_("照片（选填，最多 3 张）"), required=False,
                    widget=ManyFiles(attrs={"accept": "image/*", "multiple": True}),
                    help_text=_("拍摄地点、时间和手机型号会自动去掉"))  # fmt: skip
    name = forms.CharField(label=_("姓名（选填）"), required=False, max_length=40,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip
    phone = forms.CharField(
        label=_("电话（选填）"), required=False, max_length=40,
        help_text=_("不填就是匿名。填了也单独加密封存，办理人看不到"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    website = forms.CharField(required=False, max_length=200, label=_("请不要填写这一栏"),
                              widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))  # fmt: skip
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("查询码"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("提交举报后得到的 17 位字母和数字"),
    )  # fmt: skip


class ReplyForm(forms.Form):
    words = forms.CharField(
        label=_("补充说明"), required=False, max_length=WHOLE, widget=forms.Textarea(attrs={"rows": 3})
    )


class FindForm(forms.Form):
    key = forms.CharField(
        label=_("企业的统一社会信用代码，或公示牌二维码下方的验证码"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
