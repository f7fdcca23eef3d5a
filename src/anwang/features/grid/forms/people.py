"""A person and a post, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor, Role
from anwang.domain.grid.offices import ADMINISTRATOR_KINDS
from anwang.features.policies import queries as policies
from anwang.web.fields import day_field

from ..models import PostKind
from .fields import PhoneField, UnitField


def kind_choices(actor: Actor) -> list[tuple[str, str]]:
    """The kinds of posts that this actor may begin by hand; an enterprise's principal comes with the enterprise."""
    kinds = [kind for kind in PostKind if kind not in (PostKind.PRINCIPAL, PostKind.STAFF)]
    if not actor.has(Role.SYSTEM_ADMIN):
        kinds = [kind for kind in kinds if kind not in ADMINISTRATOR_KINDS]
    return [("", gettext("请选择")), *((str(kind), gettext(str(kind.label))) for kind in kinds)]


def industry_choices(on: date) -> list[tuple[str, str]]:
    """The policy's industries (二.1)."""
    return [(each.code, gettext(each.name)) for each in policies.current().industries if on in each.interval]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = PhoneField(label=_("联系电话"), max_length=30, required=False, help_text=_("加密保存，页面上只显示首尾"))
    office_phone = PhoneField(label=_("办公电话"), max_length=30, required=False)


class PostTextForm(forms.Form):
    """What may be corrected of a post; unit, kind and dates are history."""

    organisation = forms.CharField(label=_("单位"), max_length=80, required=False)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    is_supervisor = forms.BooleanField(label=_("列入包保（全员包保）"), required=False, initial=True)
    is_office = forms.BooleanField(label=_("办公室人员（管理本级名册、分工和统计）"), required=False)
    expertise = forms.MultipleChoiceField(
        label=_("擅长行业"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("分工时优先考虑")
    )

    def __init__(self, *args: Any, on: date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["expertise"].choices = industry_choices(on)  # type: ignore[attr-defined]


class PostForm(PostTextForm):
    """A post to begin."""

    kind = forms.ChoiceField(label=_("任职类别"))
    valid_from = day_field(_("起任日期"))
    field_order = ("kind", "unit", "organisation", "title", "valid_from", "is_supervisor", "is_office", "expertise")

    def __init__(self, *args: Any, actor: Actor, on: date, **extra: Any) -> None:
        super().__init__(*args, on=on, **extra)
        self.fields["kind"].choices = kind_choices(actor)  # type: ignore[attr-defined]
        self.fields["unit"] = UnitField(label=_("所属网格"), actor=actor, on=on, max_length=80)
        self.order_fields(self.field_order)
