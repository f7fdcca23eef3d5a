"""网格长, 分管包联, supervision phone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.web.fields import day_field

from ..models import Post
from .fields import reason_field


class LineForm(forms.Form):
    """Choose a post and the day from which it leads or sponsors a unit."""

    post = forms.TypedChoiceField(label=_("人员"), coerce=int)
    valid_from = day_field(_("起始日期"))

    def __init__(self, *args: Any, posts: Iterable[Post], ranks: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        named = [(post.id, f"{post.person.name} · {post.label}") for post in posts]
        self.fields["post"].choices = [("", gettext("请选择")), *named]  # type: ignore[attr-defined]
        if ranks:
            levels = [(1, gettext("一级（组长）")), (2, gettext("二级（副组长）")), (3, gettext("三级（成员）"))]
            self.fields["rank"] = forms.TypedChoiceField(label=_("级次"), coerce=int, choices=levels)


class EndForm(forms.Form):
    """End something dated. `reason` is asked where the trail needs one."""

    on = day_field(_("终止日期"), help_text=_("从这一天起不再有效"))

    def __init__(self, *args: Any, with_reason: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if with_reason:
            self.fields["reason"] = reason_field(_("原因"), help_text=_("例如：调离、退休、换届"))


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("监督电话"), max_length=40, required=False, help_text=_("印在企业公示牌上，接受社会监督")
    )
