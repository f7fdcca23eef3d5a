"""The two steps of an invitation: prove it, then choose a name and a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.portal.invitations import CODE_DIGITS, plain_code
from anwang.domain.roster.codes import is_valid_credit_code

_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class JoinForm(forms.Form):
    """What the principal knows: the own credit code, and the code that was told by telephone."""

    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("营业执照上的 18 位代码"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("验证码"), max_length=20, help_text=_("邀请您的人在电话中告诉您的 6 位数字"),
        widget=forms.TextInput(attrs=_DIGITS),
    )  # fmt: skip

    def clean_credit_code(self) -> str:
        code = plain_code(self.cleaned_data["credit_code"])
        if len(code) != 18:
            raise forms.ValidationError(gettext("信用代码应为 18 位，现在是 %(n)s 位。") % {"n": len(code)})
        if not is_valid_credit_code(code):  # a slip of the finger costs none of the five tries
            raise forms.ValidationError(gettext("信用代码有误，请对照营业执照逐位核对。"), code="code_invalid")
        return code

    def clean_code(self) -> str:
        code = plain_code(self.cleaned_data["code"])
        if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(gettext("验证码应为 6 位数字。"))
        return code


class AccountForm(forms.Form):
    """A name and a password of one's own."""

    username = forms.CharField(
        label=_("登录名"), min_length=3, max_length=40, help_text=_("字母、数字、汉字、点或横线，可以改"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("密码"), max_length=128, strip=False, help_text=_("至少 10 位"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("再输一遍密码"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", gettext("两次输入的密码不同。"))
        return data
