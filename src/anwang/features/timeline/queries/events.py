"""Rows of the features below as events with two times (B2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Grade, gettext_noop
from anwang.domain.calendar import day_begins, local_day
from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.domain.duties.span import span_of
from anwang.domain.timeline.known import Event, Freed
from anwang.features.assignments.queries import Bond
from anwang.features.duties.queries import DutyTrace, RecordTrace
from anwang.features.enterprises.queries.dated import DatedFact
from anwang.features.policies import queries as policies
from anwang.features.problems.queries import KINDS as KINDS_OF_PROBLEM
from anwang.features.problems.queries import ProblemTrace
from anwang.web.periods import period_words

from ..models import HandoverItem, State, Why

#: Kinds of events, in the order of the filter.
KINDS = {
    "contact": gettext_noop("联系督导"),
    "duty": gettext_noop("逾期与免除"),
    "problem": gettext_noop("问题闭环"),
    "bond": gettext_noop("包保与交接"),
    "paper": gettext_noop("承诺与公示"),
    "fact": gettext_noop("企业情况"),
}
PARTS = {"lead": gettext_noop("主包保"), "joint": gettext_noop("协同包保"), "deputy": gettext_noop("代理包保")}
STATUSES = {
    "operating": gettext_noop("正常经营"),
    "suspended": gettext_noop("停产停业"),
    "closed": gettext_noop("关闭注销"),
}


def duty_name(duty: DutyTrace) -> str:
    """Rule and period in words: 2026年11月下半月 半月联系."""
    rule = policies.current().duty_rule(duty.rule, duty.start)
    return f"{period_words(span_of(duty.period, duty.start, duty.due))} {_(rule.short)}"


def fact_events(facts: Iterable[DatedFact], called: dict[int, str]) -> Iterator[Event]:
    """Status, place and grade as they began."""
    for fact in facts:
        title = {
            "status": lambda f: _("经营状态：%(value)s") % {"value": _(STATUSES.get(f.value, f.value))},
            "grade": lambda f: _("风险等级：%(value)s") % {"value": _(Grade(f.value).label)},
            "place": lambda f: _("所在网格：%(value)s") % {"value": called.get(int(f.value), f.value)},
        }[fact.what](fact)
        yield Event(fact.start, fact.known, "fact", title, fact.note, fact.by)


def bond_events(bonds: Iterable[Bond], *, with_firm: bool = False) -> Iterator[Event]:
    """Who began and who ended; letters and sheets."""
    for bond in bonds:
        whom = f"{bond.enterprise_name} · " if with_firm else ""
        part = _(PARTS[bond.part])
        url = reverse("assignment_history", args=[bond.enterprise])
        begun = _("%(name)s 开始%(part)s") % {"name": bond.name, "part": part}
        yield Event(bond.start, bond.known, "bond", whom + begun, bond.title, url=url)
        if bond.end is not None:
            known = bond.end_known or day_begins(bond.end)
            ended = _("%(name)s 结束%(part)s") % {"name": bond.name, "part": part}
            yield Event(bond.end, known, "bond", whom + ended, _(bond.reason), tone="grey", url=url)
        yield from _papers(bond, whom)


def _papers(bond: Bond, whom: str) -> Iterator[Event]:
    for letter in bond.letters.values():
        if letter.on and letter.done:
            said = _("%(name)s 签署承诺书") % {"name": bond.name}
            url = reverse("commitment", args=[letter.id])
            yield Event(letter.on, letter.done, "paper", whom + said, tone="green", url=url)
    for sheet in bond.sheets.values():
        if sheet.on and sheet.done:
            said = _("公示牌已张贴（%(name)s）") % {"name": bond.name}
            url = reverse("posting", args=[sheet.id])
            yield Event(sheet.on, sheet.done, "paper", whom + said, sheet.how, tone="green", url=url)


def record_events(records: Iterable[RecordTrace], *, with_firm: bool = False) -> Iterator[Event]:
    """What was done; a record that was taken back stays, with the taking back beside it."""
    for row in records:
        form = _(FORM_LABELS[Form(row.form)])
        met = [rule for rule, counts, _void, _answers in row.ticked.values() if counts]
        names = "、".join(_(policies.current().duty_rule(rule, row.day).short) for rule in met)
        note = names if names else _("只作记录，没有计为完成")
        tone = "" if row.void else "green" if met else "grey"
        title = f"{row.enterprise_name} · {form}" if with_firm else form
        url = reverse("contact_detail", args=[row.id])
        yield Event(row.day, row.received, "contact", title, note, row.name, tone, url, row.void, row.void_reason)
        if row.void:
            said = _("撤回 %(day)s 的%(form)s记录") % {"day": row.day, "form": form}
            yield Event(local_day(row.void), row.void, "contact", said, row.void_reason, tone="grey", url=url)


def sheet_events(sheets: Iterable[tuple[RecordTrace, Any]]) -> Iterator[Event]:
    """A photographed sheet of paper, on the day on which it arrived."""
    for row, scan in sheets:
        said = _("收到 %(day)s %(form)s的纸质记录表照片") % {"day": row.day, "form": _(FORM_LABELS[Form(row.form)])}
        url = reverse("contact_sheet", args=[row.id])
        day = local_day(scan.received_at)
        yield Event(day, scan.received_at, "contact", said, who=scan.sender.name, url=url)


#: What happens to a problem turns it to the bad, or ends it well.
_WORSE = frozenset({"reported", "silence", "overdue", "unfixed", "reopen", "risk_over", "escalate"})
_BETTER = frozenset({"verify", "close"})


def problem_events(cases: Iterable[ProblemTrace]) -> Iterator[Event]:
    """A problem from its report to its end, step by step."""
    for case in cases:
        url = reverse("problem_detail", args=[case.id])
        for each in case.events.values():
            tone = "red" if each.kind in _WORSE else "green" if each.kind in _BETTER else ""
            said = f"{_(KINDS_OF_PROBLEM.get(each.kind, each.kind))}：{case.title}"
            day = case.found if each.kind == "reported" else local_day(each.at)
            yield Event(day, each.at, "problem", said, each.text, each.by, tone, url)


def duty_events(
    duties: Iterable[DutyTrace], freed: dict[int, list[Freed]], *, then: bool, with_firm: bool = False
) -> Iterator[Event]:
    """What was not done in time, handed on, explained or waived."""
    for duty in duties:
        name = f"{duty.enterprise_name} · {duty_name(duty)}" if with_firm else duty_name(duty)
        url = reverse("obligation_detail", args=[duty.id])
        if _missed(duty, freed.get(duty.id, []), then=then):
            said = _("逾期未完成：%(duty)s") % {"duty": name}
            yield Event(duty.miss, day_begins(duty.miss), "duty", said, who=duty.name, tone="red", url=url)
        for each in duty.passings.values():
            said = _("移交：%(duty)s") % {"duty": name}
            who = f"{each.from_name} → {each.to_name}"
            yield Event(local_day(each.at), each.at, "bond", said, _(each.reason), who, url=url)
        for why in duty.unables.values():
            said = _("暂无法完成：%(duty)s") % {"duty": name}
            yield Event(local_day(why.at), why.at, "duty", said, why.reason, why.by, "grey", url, why.ended)
        for wave in freed.get(duty.id, []):
            said = _("免除：%(duty)s") % {"duty": name}
            day = local_day(wave.start)
            yield Event(day, wave.start, "duty", said, _(wave.reason), wave.by, "grey", url, wave.end)


def _missed(duty: DutyTrace, freed: list[Freed], *, then: bool) -> bool:
    """Not done when it counted as missed: as far as was known on that day, or as far as is known now."""
    limit = day_begins(duty.miss)
    if any(wave.start < limit and (wave.end is None or wave.end >= limit) for wave in freed):
        return False
    if then:
        return not any(m.received < limit and (m.void is None or m.void >= limit) for m in duty.meetings.values())
    return not any(m.void is None and m.day < duty.miss for m in duty.meetings.values())


def handover_events(items: Iterable[HandoverItem], *, with_firm: bool = False) -> Iterator[Event]:
    """Hand-overs as they were done and taken back."""
    for item in items:
        row = item.handover
        if row.done_at is None:
            continue
        whom = f"{item.enterprise.name} · " if with_firm else ""
        said = _("交接（%(why)s）：%(a)s → %(b)s") % {
            "why": _(Why(row.kind).label), "a": row.person.name, "b": item.to_person.name,
        }  # fmt: skip
        url = reverse("handover", args=[row.id])
        back = row.undone_at if row.state == State.UNDONE else None
        yield Event(local_day(row.done_at), row.done_at, "bond", whom + said, row.note, row.created_by, url=url,
                    taken_back=back, why=_("交接撤销") if back else "")  # fmt: skip
