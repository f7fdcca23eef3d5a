"""The filter of the list, kept in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.features.grid import queries as grid

from ..models import GRADES, Managing, Status
from ..queries import Filters, listing
from .fields import industry_choices, translated

PLACES = [
    ("guessed", _("推断的")),
    ("none", _("待核定的")),
    ("township", _("只到乡镇的")),
    ("county", _("只到县区的")),
]
YES_NO = [("yes", _("是")), ("no", _("否"))]


ALL = _("全部")


def _choice(label: Any, choices: Any = (), empty: Any = ALL) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, method="by_nothing", choices=choices, empty_label=empty)


class EnterpriseFilter(django_filters.FilterSet):
    """Enterprises of the territory; the closed ones only when asked for."""

    q = django_filters.CharFilter(label=_("名称、代码或地址"), method="by_nothing")
    unit = _choice(_("网格"))
    industry = _choice(_("行业"))
    grade = _choice(_("风险等级"))
    managing = _choice(_("管理级别"))
    status = _choice(_("经营状态"), empty=_("在册（不含关闭）"))
    place = _choice(_("所在网格"), PLACES)
    hazard = _choice(_("重大危险源"), YES_NO)

    def __init__(self, data: Any, *, actor: Actor, on: date) -> None:
        self.actor, self.on = actor, on
        super().__init__(data, queryset=listing(actor, Filters()))
        chosen = str(data.get("unit", ""))
        self.filters["unit"].extra["choices"] = grid.unit_choices(actor, on=on, chosen=chosen)
        self.filters["industry"].extra["choices"] = [*industry_choices(on), ("none", gettext("不属于或待认定"))]
        self.filters["grade"].extra["choices"] = translated(GRADES)
        self.filters["managing"].extra["choices"] = translated(Managing.choices)
        self.filters["status"].extra["choices"] = [*translated(Status.choices), ("all", gettext("全部（含关闭）"))]

    def by_nothing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Each filter is applied by the list itself."""
        return rows

    @property
    def chosen(self) -> Filters:
        """What the address says, as the list understands it; what is wrong in it narrows nothing."""
        self.form.is_valid()
        data = self.form.cleaned_data
        hazard = {"yes": True, "no": False}.get(data.get("hazard") or "")
        unit = data.get("unit")
        return Filters(
            text=(data.get("q") or "").strip()[:60], unit=int(unit) if unit else None,
            industry=data.get("industry") or "", grade=data.get("grade") or "", managing=data.get("managing") or "",
            status=data.get("status") or "", place=data.get("place") or "", hazard=hazard,
        )  # fmt: skip

    @property
    def rows(self) -> QuerySet[Any]:
        """The enterprises that remain."""
        return listing(self.actor, self.chosen)
