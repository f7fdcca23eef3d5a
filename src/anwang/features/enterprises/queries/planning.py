"""What an import would do, row by row. Reads only; the same plan is made again when it is carried out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anwang.domain.base import Actor, Report, gettext_noop
from anwang.domain.roster.rows import RowSet

from ..models import Enterprise, StatusFact
from .differences import Known, edit_for
from .edits import Edit
from .matching import Matcher
from .risk import MANY as AT_ONCE
from .risk import narrowed, overrides_now, points_now
from .sheet import Incoming, SheetReader, fail
from .standing import FACT_DATE, later_facts

READING = gettext_noop("逐行核对")
#: What previews show of a row; the rest of it lives on in the edit.
SHOWN = ("name", "credit_code", "address", "unit_code", "county", "township", "village")
CREATED, UPDATED, UNCHANGED, ERROR = "created", "updated", "unchanged", "error"
_TWICE = gettext_noop("与第 %(line)s 行是同一家企业（%(name)s）。")
_SEVERAL = gettext_noop("“%(name)s”在该乡镇有 %(n)s 家，请填统一社会信用代码。")
_OUTSIDE = gettext_noop("所在网格不在您的辖区内，未导入。")
_ELSEWHERE = gettext_noop("该企业已登记在您的辖区以外，请由其所在县区或市级办理迁移。")


@dataclass(slots=True)
class Planned:
    """One row of the plan: what becomes of it. `edit` is None for errors and what stays as it is."""

    incoming: Incoming
    kind: str
    edit: Edit | None = None


@dataclass(slots=True)
class Plan:
    """All rows of a roster with what becomes of them."""

    rows: RowSet
    on: date
    unit: int
    planned: list[Planned] = field(default_factory=list)

    @property
    def edits(self) -> list[Edit]:
        """What is to be written."""
        return [each.edit for each in self.planned if each.edit is not None]

    def of(self, kind: str) -> list[Planned]:
        """The rows of one outcome."""
        return [each for each in self.planned if each.kind == kind]

    def report(self) -> dict[str, Any]:
        """The figures of the import: each of its three groups adds up to `rows`."""
        kinds = Counter(each.kind for each in self.planned)
        places = Counter(each.incoming.place.level.value for each in self.planned)
        codes = Counter(each.incoming.bucket for each in self.planned)
        warned = sum(each.kind != ERROR and bool(each.incoming.row.faults) for each in self.planned)
        return {
            "rows": len(self.planned),
            "created": kinds[CREATED],
            "updated": kinds[UPDATED],
            "unchanged": kinds[UNCHANGED],
            "errors": kinds[ERROR],
            "warnings": warned,
            "place": {name: places[name] for name in ("village", "township", "county", "none")},
            "codes": {name: codes[name] for name in ("ok", "length", "characters", "check")},
        }


def plan_import(rows: RowSet, *, actor: Actor, unit: int, on: date, report: Report | None = None) -> Plan:
    """Compare a roster with what is on record. `unit` takes the rows whose place is unknown."""
    reader, plan = SheetReader(on), Plan(rows, on, unit)
    incoming = []
    for number, row in enumerate(rows.rows):
        incoming.append(reader.read(row))
        row.values = {name: row.values.get(name) for name in SHOWN}
        if report and number % 500 == 0:
            report(number, len(rows.rows), READING)
    taken: dict[Any, int] = {}
    for start in range(0, len(incoming), AT_ONCE):
        some = incoming[start : start + AT_ONCE]
        matcher = Matcher(some, unit)
        known = _Known(matcher)
        plan.planned += [_plan_row(each, plan, actor, matcher, known, taken) for each in some]
    _refuse_late(plan)
    return plan


class _Known:
    """Risk and status of the enterprises that some rows of an import meet."""

    def __init__(self, matcher: Matcher) -> None:
        rows = matcher.known
        self.points, self.overrides = points_now(rows), overrides_now(rows)
        facts = StatusFact.objects.filter(narrowed(rows, "enterprise_id"), valid_to=None)
        self.since = dict(facts.values_list("enterprise_id", "valid_from")) if rows else {}

    def of(self, enterprise: Enterprise | None) -> Known:
        if enterprise is None:
            return Known()
        key = enterprise.id
        return Known(tuple(self.points.get(key, ())), self.overrides.get(key), self.since.get(key))


def _plan_row(
    incoming: Incoming, plan: Plan, actor: Actor, matcher: Matcher, known: _Known, taken: dict[Any, int]
) -> Planned:
    row = incoming.row
    if any(fault.reason.code == "duplicate_same" for fault in row.faults):
        return Planned(incoming, UNCHANGED)
    found = matcher.find(incoming)
    _judge(incoming, found, plan, actor, matcher, taken)
    if not row.ok:
        return Planned(incoming, ERROR)
    enterprise = found[0] if found else None
    edit = edit_for(enterprise, incoming, known.of(enterprise), fallback=plan.unit, on=plan.on)
    incoming.values, incoming.risk = {}, {}
    if edit.says_nothing:
        return Planned(incoming, UNCHANGED)
    return Planned(incoming, CREATED if enterprise is None else UPDATED, edit)


def _judge(
    incoming: Incoming, found: list[Enterprise], plan: Plan, actor: Actor, matcher: Matcher, taken: dict[Any, int]
) -> None:
    """Faults that only the whole roster, the register and the actor's territory show."""
    row, name = incoming.row, incoming.row.text("name")
    if len(found) > 1:
        fail(row, "name", "match_several", _SEVERAL, name=name, n=len(found))
    elif found and not actor.territory.covers(found[0].place):
        fail(row, "credit_code", "enterprise_elsewhere", _ELSEWHERE)
    if not actor.territory.covers(incoming.place.code or plan.unit):
        fail(row, "county", "place_outside", _OUTSIDE)
    if not row.ok:
        return
    key = found[0].id if found else incoming.code or matcher.key(incoming)
    before = taken.setdefault(key, row.line)
    if before != row.line:
        fail(row, "name", "duplicate_enterprise", _TWICE, line=before, name=name)


def _refuse_late(plan: Plan) -> None:
    """Rows that would put a fact before one already on record are errors."""
    dated = [each for each in plan.planned if each.edit and not each.edit.is_new and _dated(each.edit)]
    late = later_facts([each.edit.enterprise.id for each in dated if each.edit], plan.on) if dated else set()
    for each in dated:
        if each.edit and each.edit.enterprise.id in late:
            fail(each.incoming.row, "name", "fact_date", FACT_DATE, day=plan.on.isoformat(),
                 name=each.edit.enterprise.name)  # fmt: skip
            each.kind, each.edit = ERROR, None


def _dated(edit: Edit) -> bool:
    return bool(edit.status or edit.place or edit.grade or edit.points)
