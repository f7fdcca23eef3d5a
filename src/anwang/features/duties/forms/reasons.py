"""A written reason: for withdrawing, waiving, explaining."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One sentence; what is too long is refused, never cut."""

    reason = forms.CharField(label=_("原因"), max_length=200, strip=True)
