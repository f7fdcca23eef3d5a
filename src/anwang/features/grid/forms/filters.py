"""Filters of the lists, kept in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.features.accounts import queries as accounts
from anwang.web.asked import number

from .. import queries
from ..models import PostKind

IN_OFFICE = [("now", _("在任")), ("gone", _("已离任"))]
LINES = [("leader", _("网格长")), ("sponsor", _("分管包联"))]
SIGN_IN = [("yes", _("已开通")), ("no", _("未开通"))]
STATE = [("active", _("正常")), ("locked", _("已锁定"))]


class PersonFilter(django_filters.FilterSet):
    """People of the territory. Without a choice of state only those in office are listed."""

    q = django_filters.CharFilter(label=_("姓名或电话"), method="by_text")
    unit = django_filters.ChoiceFilter(label=_("网格"), method="by_nothing", empty_label=_("全部"))
    kind = django_filters.ChoiceFilter(label=_("任职类别"), method="by_nothing", empty_label=_("全部"))
    line = django_filters.ChoiceFilter(label=_("网格职责"), method="by_line", choices=LINES, empty_label=_("全部"))
    sign_in = django_filters.ChoiceFilter(label=_("登录"), method="by_sign_in", choices=SIGN_IN, empty_label=_("全部"))
    state = django_filters.ChoiceFilter(label=_("状态"), method="by_nothing", choices=IN_OFFICE, empty_label=None)

    def __init__(self, data: Any, *, actor: Actor, on: date) -> None:
        self.actor, self.on = actor, on
        values = data.copy()
        values.setdefault("state", "now")
        super().__init__(values, queryset=queries.people_for(actor).order_by("name", "id"))
        kinds = [(str(kind), gettext(str(kind.label))) for kind in PostKind]
        self.filters["kind"].extra["choices"] = kinds
        self.filters["unit"].extra["choices"] = queries.unit_choices(actor, on=on, chosen=values.get("unit", ""))

    def by_nothing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Taken into account together in `filter_queryset`."""
        return rows

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(accounts.called(value))

    def by_line(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(queries.leading(on=self.on) if value == "leader" else queries.sponsoring(on=self.on))

    def by_sign_in(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(user__isnull=value == "no")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        unit, kind = number(chosen.get("unit") or ""), chosen.get("kind") or ""  # a wrong choice is no choice
        if chosen.get("state") == "gone":
            rows = rows.exclude(queries.serving(self.actor, on=self.on))
            return rows if unit is None else rows.filter(queries.served(self.actor, unit=unit, kind=kind))
        return rows.filter(queries.serving(self.actor, on=self.on, unit=unit, kind=kind))


class SignInFilter(django_filters.FilterSet):
    """Sign-ins, by name and state."""

    q = django_filters.CharFilter(label=_("姓名或登录名"), method="by_text")
    state = django_filters.ChoiceFilter(label=_("状态"), method="by_state", choices=STATE, empty_label=_("全部"))

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(accounts.sign_in_called(value))

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(is_active=value == "active")
