"""Filters of the trail, kept in the address."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import gettext_noop
from anwang.web.fields import day_input

from . import queries

OUTCOMES = [("ok", _("已办")), ("refused", _("被拒"))]
#: What acts are called on the page; an act without a name here is shown by its code.
ACTS = {
    "audit.verify": gettext_noop("校验审计链"),
    "contact.record": gettext_noop("登记履职"),
    "contact.void": gettext_noop("作废履职记录"),
    "duties.open": gettext_noop("开立履职任务"),
    "duties.settle": gettext_noop("结转履职任务"),
    "duties.transfer": gettext_noop("移交履职任务"),
    "grid.load": gettext_noop("导入区划"),
    "grid.regrid": gettext_noop("调整网格"),
    "leader.appoint": gettext_noop("确定网格长"),
    "leader.end": gettext_noop("终止网格长"),
    "people.import": gettext_noop("导入人员"),
    "person.change": gettext_noop("更正人员"),
    "person.create": gettext_noop("登记人员"),
    "person.export": gettext_noop("导出完整号码"),
    "person.unmask": gettext_noop("查看完整号码"),
    "policy.keep": gettext_noop("启用方案版本"),
    "post.change": gettext_noop("更正任职"),
    "post.create": gettext_noop("增加任职"),
    "post.end": gettext_noop("终止任职"),
    "post.wear": gettext_noop("切换岗位"),
    "sponsor.end": gettext_noop("终止分管包联"),
    "sponsor.set": gettext_noop("确定分管包联"),
    "unit.phone": gettext_noop("修改监督电话"),
    "user.create": gettext_noop("开通登录"),
    "user.drop_factor": gettext_noop("解除两步验证"),
    "user.lock": gettext_noop("锁定登录"),
    "user.password": gettext_noop("修改密码"),
    "user.reset": gettext_noop("重置密码"),
    "user.sign_in": gettext_noop("登录失败"),
    "user.unlock": gettext_noop("解除锁定"),
}
DAY = day_input()


def act_label(action: str) -> str:
    """The act in words, else its code."""
    return gettext(ACTS[action]) if action in ACTS else action


class AuditFilter(django_filters.FilterSet):
    """By who, what, on what, when, with what outcome."""

    actor = django_filters.CharFilter(label=_("办理人"), lookup_expr="icontains")
    action = django_filters.ChoiceFilter(label=_("事项"), empty_label=_("全部"))
    target = django_filters.CharFilter(label=_("对象"), lookup_expr="startswith")
    outcome = django_filters.ChoiceFilter(label=_("结果"), choices=OUTCOMES, empty_label=_("全部"))
    since = django_filters.DateFilter(label=_("从"), method="from_day", widget=DAY)
    until = django_filters.DateFilter(label=_("到"), method="to_day", widget=DAY)

    def __init__(self, data: Any) -> None:
        super().__init__(data, queryset=queries.events())
        self.filters["action"].extra["choices"] = [(name, act_label(name)) for name in queries.actions_known()]

    def from_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def to_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(at__lte=timezone.make_aware(datetime.combine(value, time.max)))
