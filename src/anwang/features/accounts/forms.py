"""Changing one's own password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from django.utils.translation import gettext_lazy as _


class OwnPasswordForm(ChangePasswordForm):
    """As the library's, without its link to a reset by mail: a forgotten password is reset by a person."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["oldpassword"].help_text = _("忘记原密码请联系安全管理员重置。")
