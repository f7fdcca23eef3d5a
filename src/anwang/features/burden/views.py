"""减负自查: minutes by level, what each form asks and why, the red lines now; and, for everybody, what is not kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwang.domain.base import gettext_noop
from anwang.domain.burden.register import Entry, Register
from anwang.domain.calendar import local_day
from anwang.features.policies import queries as policies
from anwang.web.requests import Request

from . import queries

CLAUSE = "四.4"
#: What everybody fills in comes before what few do.
FIRST = ("duties.ContactForm", "answer", "advice.RecordForm", "dispatch.DoneForm")
#: What is kept nowhere, whoever asks.
NOT_KEPT = [
    gettext_noop("不记谁登录过、登录几次、在线多久"),
    gettext_noop("不记谁看过哪一页、哪条通知、哪段视频，不记阅读量"),
    gettext_noop("没有签到、打卡、积分、排名，不考核安装率和使用率"),
    gettext_noop("不强制拍照、不强制定位，不在后台读取位置"),
    gettext_noop("不要求安装，纸质、表格、网页登记效力相同"),
    gettext_noop("同一件事只问一次，书面一行字就算记录"),
]


def _tabs(active: str) -> list[dict[str, Any]]:
    named = {"burden": _("填报用时"), "burden_fields": _("填报项和依据")}
    return [{"label": label, "url": reverse(url), "active": url == active} for url, label in named.items()]


def page(request: Request) -> HttpResponse:
    """Minutes a week by level, what takes them, what changed, and whether a red line is crossed now."""
    day = request.today
    found, checked = queries.burden(day), queries.check(day)
    rules = policies.current().effort(day)
    duties = sorted(found.one.by_duty.items())
    context = {
        "found": found, "checked": checked, "since": queries.since_last_version(day), "tabs": _tabs("burden"),
        "minutes_a_year": found.one.seconds / 60, "duties": [(found.titles[c], s / 60) for c, s in duties],
        "chart": _chart(found), "seconds": rules.seconds, "tasks": rules.tasks, "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "burden/page.html", context)


def _chart(found: queries.Burden) -> dict[str, Any]:
    return {
        "categories": [_(each.level.label) for each in found.levels],
        "unit": _("分钟"),
        "series": [{"name": _("每人每周"), "data": [round(each.minutes, 1) for each in found.levels]}],
    }


def fields(request: Request) -> HttpResponse:
    """Every form with its fields: clause, use, how long it is kept, when it is looked at anew."""
    groups: dict[str, list[Any]] = {}
    kept = queries.register()
    for question in queries.questions(request.today):
        entries = kept.answers if question.place.startswith("answer.") else kept.forms
        entry = entries.get(question.place.removeprefix("answer."))
        groups.setdefault(question.page, []).append((question, entry))
    first = {page: n for n, page in enumerate(FIRST)}
    pages = sorted(groups, key=lambda page: (first.get(page, len(first)), page))
    rows = [(_title(kept, page), groups[page]) for page in pages]
    context = {"rows": rows, "laws": kept.laws, "tabs": _tabs("burden_fields"), "page_clause": CLAUSE}
    return render(request, "burden/fields.html", context)


def _title(kept: Register, page: str) -> str:
    """The duties' questions by their name, a form by what it is for."""
    if page == "answer":
        return _("履职登记的回答")
    return kept.groups[page].use if page in kept.groups else page


def kept(request: HttpRequest) -> HttpResponse:
    """Public: what is not kept, and what is, with its use."""
    day = local_day(timezone.now())
    register = queries.register()
    tables: dict[str, list[Entry]] = {}
    for place, entry in register.columns.items():
        tables.setdefault(place.rpartition(".")[0], []).append(entry)
    rows = [(register.groups[model], _uses(register.groups[model], entries)) for model, entries in tables.items()
            if register.groups[model].clause != "技术"]  # fmt: skip
    context = {"not_kept": NOT_KEPT, "rows": rows, "laws": register.laws, "day": day, "page_clause": CLAUSE}
    return render(request, "burden/kept.html", context)


def _uses(group: Entry, entries: list[Entry]) -> list[str]:
    """What the columns of a table say that the table's own words do not."""
    return [use for use in dict.fromkeys(each.use for each in entries) if use != group.use]
