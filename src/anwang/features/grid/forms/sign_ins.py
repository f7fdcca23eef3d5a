"""Giving and locking sign-ins."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import reason_field


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("登录名"), min_length=3, max_length=40, help_text=_("字母、数字、汉字、点或横线")
    )


class ReasonForm(forms.Form):
    reason = reason_field(_("事由"))
