"""What a review pack says, from dated rows only (B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from anwang.domain.base import Actor, Grade, Report, gettext_noop
from anwang.domain.calendar import SHANGHAI, local_day
from anwang.domain.documents.review import Proof, ReviewPack, Row
from anwang.domain.duties.counting import YES_NO_LABELS
from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.domain.duties.status import Status
from anwang.domain.ladder.rules import PROBLEM_LABELS, ProblemKind
from anwang.domain.ladder.states import State
from anwang.features.assignments.queries import Bond
from anwang.features.audit import queries as audit
from anwang.features.duties.queries import RecordTrace
from anwang.features.enterprises.queries.dated import grade_facts
from anwang.features.enterprises.queries.page import reasons
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.features.problems.queries import KINDS, ProblemTrace
from anwang.web.reasons import words

from ..models import Why
from .duties import on_day
from .enterprise import Sources, enterprise_day, read
from .events import PARTS, STATUSES, duty_name
from .pictures import album_of

KINDS_OF_SIGNING = {"drawn": "手机手写", "typed": "录入姓名", "paper": "纸质签字"}


@dataclass(frozen=True, slots=True)
class Content:
    """The pack without its number, and what the trail should remember of it."""

    enterprise: Any
    parts: dict[str, Any]
    proof: Proof


def moment(at: datetime | None) -> str:
    """An instant in Asia/Shanghai as papers show it."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def content(enterprise_id: int, on: date, *, by: Actor, now: datetime, report: Report) -> Content | None:
    """Everything on the pack; None outside the territory."""
    found = read(enterprise_id, on, by=by)
    if found is None:
        return None
    report(1, 4, "")
    seen = enterprise_day(found, on, then=False)
    called = {fact.unit: fact.name for fact in found.line if fact.what == "unit"}
    firm = found.enterprise
    parts: dict[str, Any] = {
        "enterprise": firm.name, "code": firm.credit_code or firm.provisional_code, "address": firm.address, "on": on,
        "status": _(STATUSES.get(seen.status, "")), "grade": _grade(seen.grade), "place": seen.place,
        "unit": grid.names([by.unit or 0]).get(by.unit or 0, ""),
        "people": [_person(each.bond) for each in seen.held],
        "line": [(rung.name, "、".join(f.name for f in rung.leaders), "、".join(f.name for f in rung.sponsors))
                 for rung in seen.rungs],
        "terms": [(*_person(bond)[:5], _(bond.reason)) for bond in found.bonds],
        "records": [_record(row) for row in found.records], "answers": _answers(found.records),
        "papers": [row for bond in found.bonds for row in _papers(bond)],
        "grades": [_graded(row) for row in grade_facts(firm.id)], "handovers": _handed(found),
        "problems": [_problem(case, on) for case in found.cases], "policy": _policy(found),
        "known": {"late": sum(each.late for each in seen.held)},
    } | _duties(found, on)  # fmt: skip
    parts["place"] = seen.place or called.get(firm.place, "")
    report(2, 4, gettext_noop("整理照片"))
    parts["album"] = album_of(found, on)
    return Content(firm, parts, prove(found, now))


def pack_of(found: Content, *, number: str, verify_url: str, by: Actor, now: datetime) -> ReviewPack:
    """The pack with its number."""
    at = now.astimezone(SHANGHAI)
    return ReviewPack(number=number, made_by=by.name, made_at=at, proof=found.proof, verify_url=verify_url,
                      **found.parts)  # fmt: skip


def prove(found: Sources, now: datetime) -> Proof:
    """The chains of this enterprise proved anew, and the events that speak of its rows."""
    events = sorted(
        [*audit.acts_on(_targets(found)), *audit.whole_acts(_moments(found))], key=lambda event: (event.at, event.id)
    )
    chains = {event.chain for event in events} | {found.enterprise.county, 0}
    heads = [head for chain in sorted(chains) if (head := audit.head(chain)) is not None]
    states = [(head.chain, head.length, head.digest, sum(1 for _fault in audit.chain_faults(head))) for head in heads]
    rows = [(e.chain, e.seq, e.at.astimezone(SHANGHAI), e.action, e.target, e.actor, e.digest) for e in events]
    return Proof(states, rows, now.astimezone(SHANGHAI))


def _targets(found: Sources) -> Iterable[str]:
    yield f"enterprise:{found.enterprise.id}"
    yield from (f"obligation:{duty.id}" for duty in found.duties)
    yield from (f"contact:{row.id}" for row in found.records)
    yield from (f"handover:{item.handover_id}" for item in found.items)
    yield from (f"problem:{case.id}" for case in found.cases)
    yield from (f"scan:{scan.id}" for _row, scan in found.sheets)
    for bond in found.bonds:
        yield from (f"commitment:{key}" for key in bond.letters)
        yield from (f"posting:{key}" for key in bond.sheets)


def _moments(found: Sources) -> set[datetime]:
    """When rows were written by acts on many: a plan adopted, a period opened, duties handed on."""
    moments = {bond.known for bond in found.bonds} | {bond.end_known for bond in found.bonds if bond.end_known}
    moments |= {duty.opened for duty in found.duties} | {duty.waived for duty in found.duties if duty.waived}
    return moments | {each.at for duty in found.duties for each in duty.passings.values()}


def _grade(value: str) -> str:
    return policies.current().grade_name(Grade(value)) if value else ""


def _person(bond: Bond) -> Row:
    return bond.name, _(PARTS[bond.part]), bond.title, bond.start, bond.end, moment(bond.known)


def _duties(found: Sources, on: date) -> dict[str, Any]:
    """The rows as they stood when the day was over, by what is known now, and their counts."""
    names = {
        Status.DONE: "done", Status.DONE_LATE: "late", Status.WAIVED: "waived", Status.MISSED: "missed",
        Status.OPEN: "open",
    }  # fmt: skip
    rows, counts = [], {"due": 0, "after": 0}
    for duty in found.duties:
        state = on_day(duty, found.waivers.get(duty.id, []), on, then=False)
        counts["due"] += 1
        counts["after"] += state.late_known
        key = names.get(state.status, "open")
        counts[key] = counts.get(key, 0) + 1
        said = (
            _(state.label)
            + ("（事故后登记）" if state.late_known else "")
            + (f"：{state.reason}" if state.reason else "")
        )
        rows.append((duty_name(duty), state.person, duty.start, duty.due, said, state.done))
    return {"duties": rows, "counts": counts}


def _record(row: RecordTrace) -> Row:
    rules = policies.current()
    counted = "、".join(
        _(rules.duty_rule(rule, row.day).short) for rule, counts, _v, _a in row.ticked.values() if counts
    )
    said = counted or ("未联系到，不计" if not row.reached else "只作记录")
    if row.void:
        said = f"已撤回（{moment(row.void)}）：{row.void_reason}"
    return row.day, _(FORM_LABELS[Form(row.form)]), row.name, row.with_whom, said, moment(row.received)


def _answers(records: list[RecordTrace]) -> list[Row]:
    """What was written on each record, question and answer in one line."""
    found: list[Row] = []
    for row in records:
        pairs = [pair for rule, _counts, _void, given in row.ticked.values() for pair in _said(rule, row.day, given)]
        pairs += [(_("备注"), row.note)] if row.note else []
        if pairs:
            said = "；".join(f"{label}：{value}" for label, value in dict(pairs).items())
            found.append((row.day, _(FORM_LABELS[Form(row.form)]), row.name, said))
    return found


def _said(rule: str, day: date, given: dict[str, str]) -> Iterable[tuple[str, str]]:
    for answer in policies.current().duty_rule(rule, day).answers:
        if value := given.get(answer.code):
            shown = dict(answer.choices).get(value) or YES_NO_LABELS.get(value, value)
            yield _(answer.label), _(shown) if shown != value else value


def _papers(bond: Bond) -> Iterable[Row]:
    for letter in bond.letters.values():
        how = _(KINDS_OF_SIGNING.get(letter.how, "")) if letter.on else "未签署"
        yield "承诺书", bond.name, letter.on, moment(letter.done), moment(letter.void), how
    for sheet in bond.sheets.values():
        where = sheet.how if sheet.on else "未确认张贴"
        yield "公示牌", bond.name, sheet.on, moment(sheet.done), moment(sheet.void), where


def _graded(row: Any) -> Row:
    said = "；".join(words(reason) for reason in reasons(row))
    if row.override_until:
        said = f"人工调整：{row.override_reason}；依据：{row.override_evidence}；判定为{_grade(row.computed)}。{said}"
    return row.valid_from, row.valid_to, _grade(row.grade), said


def _handed(found: Sources) -> list[Row]:
    """Hand-overs of the enterprise, then every duty that changed hands."""
    rows: list[Row] = []
    for item in found.items:
        row = item.handover
        if row.done_at:
            state = f"（{moment(row.undone_at)} 撤销）" if row.undone_at else ""
            rows.append((moment(row.done_at), f"交接企业{state}", f"{row.person.name} → {item.to_person.name}",
                         f"{_(Why(row.kind).label)} {row.note}".strip()))  # fmt: skip
    for duty in found.duties:
        for each in duty.passings.values():
            rows.append(
                (moment(each.at), f"移交 {duty_name(duty)}", f"{each.from_name} → {each.to_name}", _(each.reason))
            )
    return sorted(rows, key=lambda row: str(row[0]))


def _problem(case: ProblemTrace, on: date) -> Row:
    """What had been done about a problem when the day was over, and how it stands now."""
    before = [each for each in case.events.values() if local_day(each.at) <= on]
    last = f"{_(KINDS[before[-1].kind])}（{moment(before[-1].at)}）" if before else "事故之后才报告"
    label = _(PROBLEM_LABELS[ProblemKind(case.kind)])
    return case.found, case.title, label, last, _(State(case.state).label), case.tracker or ""


def _policy(found: Sources) -> list[tuple[str, str]]:
    meta = policies.current().meta
    versions = sorted({duty.policy_version for duty in found.duties})
    return [
        ("文件", f"{meta.issuer} {meta.document_number}"), ("现行版本摘要", policies.current().version),
        ("职责开具时的版本", "、".join(versions) or "–"),
    ]  # fmt: skip
