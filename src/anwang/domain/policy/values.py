"""Every number and switch of a policy in words: for the page, the command line and the comparison of two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any

from anwang.domain.base import gettext_noop
from anwang.domain.policy.model import QuietDays
from anwang.domain.policy.policy import Policy

#: What every entry has and is no value of its own.
FRAME = frozenset({"clause", "interval", "valid_from", "valid_to", "code", "kind"})
WEEKDAYS = (
    *(gettext_noop("周一"), gettext_noop("周二"), gettext_noop("周三"), gettext_noop("周四")),
    *(gettext_noop("周五"), gettext_noop("周六"), gettext_noop("周日")),
)

#: Section → what it is about, in the order of the page.
TITLES = {
    "visits": gettext_noop("督导纪律和计划"),
    "reports": gettext_noop("举报"),
    "boards": gettext_noop("看板和提示"),
    "advice": gettext_noop("首问负责和政策传达"),
    "budget": gettext_noop("任务时限"),
    "reminders": gettext_noop("提醒"),
    "safety": gettext_noop("企业安全状态"),
    "hints": gettext_noop("真实性提示"),
    "disclosure": gettext_noop("公开页面"),
}

#: section.key → what the number says, with its unit.
LABELS = {
    "visits.per_day": gettext_noop("同一企业一天最多几次现场督导（各级合计）"),
    "visits.per_month": gettext_noop("同一企业一月最多几次现场督导（各级合计）"),
    "visits.merge_within_days": gettext_noop("相隔几天以内的督导建议合并"),
    "visits.notice_days": gettext_noop("提前几天告知企业"),
    "visits.party_size": gettext_noop("一次督导最多几人"),
    "visits.answer_days": gettext_noop("几天内答复企业的投诉"),
    "visits.rating_days": gettext_noop("企业的评价几天内可以修改"),
    "visits.rating_group": gettext_noop("一个单位的评价少于几条时不显示"),
    "visits.rate_within_days": gettext_noop("多少天以前的督导不再评价"),
    "visits.rating_people": gettext_noop("评价涉及不到几名督导人员时不显示"),
    "visits.named_within_days": gettext_noop("投诉可以点名多少天内来过的人"),
    "visits.meant_within_days": gettext_noop("投诉没有点名时，多少天内来过的人回避"),
    "visits.wish_days": gettext_noop("企业说明希望来、不方便的日子，一次最长几天"),
    "visits.stops_per_day": gettext_noop("编排计划：一人一天最多到几家企业"),
    "visits.calls_per_day": gettext_noop("编排计划：一人一天最多几次电话、视频"),
    "visits.near_km": gettext_noop("编排计划：相距超过多少公里不排在同一天"),
    "visits.look_back_days": gettext_noop("编排计划：逾期超过多少天的职责只提示，不编入"),
    "visits.held_within_days": gettext_noop("实际日子与计划相差几天以内，计划算已办"),
    "visits.measure_days": gettext_noop("远程督导措施一次最长几天"),
    "visits.measure_entry_days": gettext_noop("远程督导措施最早可补录几天"),
    "visits.quiet_weekdays": gettext_noop("每周不安排督导的日子"),
    "visits.quiet": gettext_noop("每年不安排督导的日子"),
    "reports.accept_days": gettext_noop("几天内受理"),
    "reports.answer_days": gettext_noop("受理后几天内答复"),
    "reports.follow_up_days": gettext_noop("收到后第几天回访是否遭到打击报复"),
    "reports.came_within_days": gettext_noop("多少天内到过企业的人不得办理"),
    "boards.age_days": gettext_noop("未销号问题的账龄分段，到第几天"),
    "boards.similar_days": gettext_noop("提示多少天内已销号的相近问题"),
    "boards.silent_days": gettext_noop("半月过去几天仍没有登记的，列入需要关注"),
    "advice.answer_days": gettext_noop("几个工作日内答复企业的提问"),
    "advice.relay_days": gettext_noop("几个工作日内传达到企业"),
    "advice.review_months": gettext_noop("常用解答几个月后复核"),
    "advice.attachment_mb": gettext_noop("通知附件最大多少 MB"),
    "advice.material_mb": gettext_noop("警示教育片最大多少 MB"),
    "budget.keep_percent": gettext_noop("各级最多留用所得时间的百分之几"),
    "budget.retract_days": gettext_noop("误报办结的，几天内可以自己撤销"),
    "reminders.digest_at": gettext_noop("工作日几点发每日提醒"),
    "reminders.lead_days": gettext_noop("职责截止前几天提醒"),
    "reminders.task_days": gettext_noop("任务截止前几天提醒、显示为即将到期"),
    "reminders.most_lines": gettext_noop("一次提醒最多写几项"),
    "reminders.immediate": gettext_noop("逾期即时提醒的风险等级"),
    "reminders.quiet.begins": gettext_noop("晚上几点起不发短信、邮件"),
    "reminders.quiet.ends": gettext_noop("早上几点起再发"),
    "reminders.quiet.rest_days": gettext_noop("休息日不发短信、邮件"),
    "reminders.quiet.exempt_at_night": gettext_noop("夜间仍发的紧急消息"),
    "reminders.quiet.exempt_on_rest_days": gettext_noop("休息日仍发的紧急消息"),
    "reminders.sending.per_person_day": gettext_noop("每人每天最多几条"),
    "reminders.sending.per_minute": gettext_noop("每条通道每分钟最多几条"),
    "reminders.sending.tries": gettext_noop("失败的最多试几次"),
    "reminders.sending.first_wait": gettext_noop("第一次失败后等几分钟"),
    "reminders.sending.longest_wait": gettext_noop("最长等几分钟"),
    "reminders.sending.keep_days": gettext_noop("消息保存几天"),
    "safety.look_back_days": gettext_noop("看近多少天到期的职责"),
    "safety.overdue_yellow": gettext_noop("逾期没有办的职责几项为黄"),
    "safety.overdue_red": gettext_noop("逾期没有办的职责几项为红"),
    "safety.missed_yellow": gettext_noop("已过补办期的几项为黄"),
    "safety.missed_red": gettext_noop("已过补办期的几项为红"),
    "safety.share_red": gettext_noop("到期职责百分之几没有办为红"),
    "safety.problem_overdue_red": gettext_noop("超过期限的问题几个为红"),
    "safety.score_red": gettext_noop("全要素评价低于多少分为红"),
    "safety.score_yellow": gettext_noop("全要素评价低于多少分为黄"),
    "safety.evaluation_months": gettext_noop("评价结果几个月内有效"),
    "safety.must_know": gettext_noop("这些来源不明时为灰"),
    "hints.photo_distance": gettext_noop("两张照片的特征最多差几位算同一场景"),
    "hints.text_at_least": gettext_noop("情况记录至少多少字才比较"),
    "hints.text_percent": gettext_noop("相同部分占百分之几算相近"),
    "hints.travel_kmh": gettext_noop("两处之间快过每小时多少公里就提示"),
    "hints.travel_km": gettext_noop("相距不到多少公里不提示"),
    "hints.premises_km": gettext_noop("企业坐标只是一个点，先减去几公里"),
    "hints.batch_records": gettext_noop("同一时刻登记几家企业就提示"),
    "hints.batch_seconds": gettext_noop("同一时刻是几秒以内"),
    "hints.apart_days": gettext_noop("登记后多少天才收到就提示"),
    "hints.answer_days": gettext_noop("几天内只有本人看到"),
    "disclosure.personal_phone": gettext_noop("公布安全专员本人电话"),
    "disclosure.indexable": gettext_noop("允许搜索引擎收录"),
    "disclosure.search": gettext_noop("可按企业名称查询"),
    "disclosure.search_letters": gettext_noop("查询的名称至少几个字"),
    "disclosure.search_results": gettext_noop("查询每页列出几家"),
    "disclosure.search_pages": gettext_noop("查询最多翻几页"),
    "disclosure.searches_per_minute": gettext_noop("同一地址每分钟最多查询几次"),
    "disclosure.roster": gettext_noop("“企业—安全专员”名册的公开形式"),
    "disclosure.roster_rows": gettext_noop("名册每页几家"),
    "disclosure.rosters_per_minute": gettext_noop("同一地址每分钟最多看几页名册"),
    "disclosure.cache_minutes": gettext_noop("公开页面最多旧几分钟"),
    "disclosure.national_line": gettext_noop("全国统一的举报投诉电话"),
    "disclosure.request_how": gettext_noop("依申请公开怎样申请"),
}
YES, NO, NOTHING = gettext_noop("是"), gettext_noop("否"), gettext_noop("无")
#: Codes that stand in lists, in words.
CODES = {
    "duties": gettext_noop("履职"),
    "problems": gettext_noop("问题"),
    "evaluation": gettext_noop("全要素评价"),
    "overdue_major": gettext_noop("重大风险逾期"),
    "returned": gettext_noop("任务退回"),
}
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words. `key` is section.key; `items` are its parts, each of words to be translated one by one;
    `office`: the document leaves it open and the office has set it."""

    key: str
    label: str
    items: tuple[Words, ...]
    office: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The values of a section in force, and the clause that they rest on."""

    name: str
    title: str
    clause: str
    values: tuple[Value, ...]


def sections(policy: Policy, on: date) -> list[Section]:
    """What is in force on a day, section by section; a section that has not begun is left out."""
    found = []
    for name, title in TITLES.items():
        for number, rule in enumerate(_versions(policy, name), 1):
            if _holds(rule, on):
                values = tuple(_values(policy, name, f"{name}[{number}]", rule))
                found.append(Section(name, title, rule.clause, values))
    return found


def _versions(policy: Policy, name: str) -> tuple[Any, ...]:
    return {
        "visits": policy.visit_versions, "reports": policy.report_versions, "boards": policy.board_versions,
        "advice": policy.advice_versions, "budget": policy.budget_versions, "reminders": policy.reminder_versions,
        "safety": policy.safety_versions, "hints": policy.hint_versions, "disclosure": policy.disclosure_versions,
    }[name]  # fmt: skip


def _holds(rule: Any, on: date) -> bool:
    if hasattr(rule, "interval"):
        return on in rule.interval
    return bool(rule.valid_from <= on and (rule.valid_to is None or on < rule.valid_to))


def _values(policy: Policy, name: str, where: str, rule: Any, top: str = "") -> Iterator[Value]:
    for field in fields(rule):
        value = getattr(rule, field.name)
        key, office = f"{name}.{field.name}", f"{where}.{top or field.name}"
        if is_dataclass(value) and field.name not in FRAME:
            yield from _values(policy, key, where, value, top or field.name)
        elif field.name not in FRAME:
            yield Value(key, LABELS.get(key, key), tuple(_items(field.name, value)), office in policy.office_sets)


def _items(name: str, value: Any) -> Iterator[Words]:
    if isinstance(value, Mapping):
        yield from ((_word(name, key), str(each)) for key, each in value.items())
    elif isinstance(value, tuple):
        yield from ((_word(name, each),) for each in value or (NOTHING,))
    else:
        yield (_word(name, value),)


def _word(name: str, value: Any) -> str:
    if name == "quiet_weekdays":
        return WEEKDAYS[value - 1]
    match value:
        case bool():
            return YES if value else NO
        case time():
            return f"{value:%H:%M}"
        case Enum() | QuietDays():
            return str(value.label)  # type: ignore[union-attr]
    return CODES.get(value, str(value))
