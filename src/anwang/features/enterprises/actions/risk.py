"""Risk points and grades (附件6): every change grades the enterprise anew; a person may override for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from anwang.domain.base import Actor, Grade, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.risk import Override, RiskFacts, may_override

from ..models import Change, ChangeKind, Enterprise, Status
from ..queries.differences import regrade
from ..queries.edits import Edit, PointEdit
from ..queries.risk import Point, grade_differs, grades_now, overrides_now, points_now
from .registering import locked, one
from .writing import begin, trail, write

AT_ONCE = 700


@transaction.atomic
def add_point(
    *, by: Actor, now: datetime, enterprise_id: int, name: str, facts: RiskFacts, location: str = ""
) -> Change:
    """A new risk point with its facts from today on. Refuses `name_missing`, `point_known`, `not_your_enterprise`."""
    row = locked(by, enterprise_id)
    points = points_now([row.id]).get(row.id, [])
    _insist_name(name, [point for point, _ in points])
    edit = PointEdit(None, replace(facts, label=name.strip()), name.strip(), location.strip())
    return _write(by, now, row, edit, [facts for _, facts in points] + [edit.facts], "risk.add")


@transaction.atomic
def change_point(
    *, by: Actor, now: datetime, point_id: int, enterprise_id: int, name: str, facts: RiskFacts, location: str = ""
) -> Change | None:
    """Other facts of a risk point from today on; None when nothing differs. Refuses as `add_point`, `point_gone`."""
    row = locked(by, enterprise_id)
    points = points_now([row.id]).get(row.id, [])
    point, old = _find(points, point_id)
    _insist_name(name, [each for each, _ in points if each.id != point_id])
    new = replace(facts, label=name.strip())
    if (new, location.strip()) == (old, point.location):
        return None
    edit = PointEdit(point, new, name.strip(), location.strip(), point.from_roster)
    others = [facts for each, facts in points if each.id != point_id]
    return _write(by, now, row, edit, [*others, new], "risk.change")


@transaction.atomic
def remove_point(*, by: Actor, now: datetime, point_id: int, enterprise_id: int, reason: str) -> Change:
    """A risk point is there no more from today on. Refuses `reason_missing`, `point_gone`, `not_your_enterprise`."""
    row = locked(by, enterprise_id)
    points = points_now([row.id]).get(row.id, [])
    point, old = _find(points, point_id)
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明风险点取消的原因，例如：设备拆除。"))
    others = [facts for each, facts in points if each.id != point_id]
    return _write(by, now, row, PointEdit(point, old, remove=True), others, "risk.remove", reason.strip())


def _find(points: Sequence[tuple[Point, RiskFacts]], point_id: int) -> tuple[Point, RiskFacts]:
    found = next((each for each in points if each[0].id == point_id), None)
    if found is None:
        raise Refusal("point_gone", gettext_noop("这个风险点已经取消。"))
    return found


def _insist_name(name: str, others: Sequence[Point]) -> None:
    if not name.strip():
        raise Refusal("name_missing", gettext_noop("请填写风险点名称。"))
    if any(point.name == name.strip() for point in others):
        raise Refusal("point_known", gettext_noop("已有同名的风险点“%(name)s”。"), name=name.strip())


def _write(
    by: Actor, now: datetime, row: Enterprise, point: PointEdit, facts: list[RiskFacts], action: str, reason: str = ""
) -> Change:
    on = local_day(now)
    edit = Edit(row, points=(point,))
    _regrade_if_other(edit, facts, overrides_now([row.id]).get(row.id), on)
    label = f"{row.name} · {point.name or (point.point.name if point.point else '')}"
    return one(begin(by, now, on, ChangeKind.RISK, label, reason), edit, action)


def _regrade_if_other(edit: Edit, facts: list[RiskFacts], override: Override | None, on: date) -> None:
    """Grade anew; a grade that says the same as the stored one is not written again."""
    regrade(edit, facts, override, on)
    stored = grades_now([edit.enterprise.id]).get(edit.enterprise.id)
    if edit.grade is not None and not grade_differs(stored, edit.grade):
        edit.grade = None


@transaction.atomic
def override_grade(
    *, by: Actor, now: datetime, enterprise_id: int, grade: Grade, reason: str, evidence: str, until: date | None
) -> Change:
    """Set a grade by hand for a while; the computed one stays visible. Refuses `risk.override.*`, `grade_same`."""
    row, on = locked(by, enterprise_id), local_day(now)
    insist(may_override(reason=reason, evidence=evidence, until=until, on=on))
    assert until is not None
    facts = [each for _, each in points_now([row.id]).get(row.id, [])]
    override = Override(grade, reason.strip()[:200], evidence.strip()[:200], until)
    edit = Edit(row)
    regrade(edit, facts, override, on)
    if edit.grade and edit.grade.computed.grade is grade:
        text = gettext_noop("按附件6判定就是“%(grade)s”，不需要调整。")
        raise Refusal("grade_same", text, grade=grade.label)
    label = f"{row.name} · {grade.label}"
    return one(begin(by, now, on, ChangeKind.GRADE, label, reason.strip()), edit, "grade.override", until=until)


@transaction.atomic
def end_override(*, by: Actor, now: datetime, enterprise_id: int) -> Change:
    """Let the computed grade count again. Refuses `no_override`."""
    row, on = locked(by, enterprise_id), local_day(now)
    if row.id not in overrides_now([row.id]):
        raise Refusal("no_override", gettext_noop("“%(name)s”没有人工调整的等级。"), name=row.name)
    edit = Edit(row)
    regrade(edit, [facts for _, facts in points_now([row.id]).get(row.id, [])], None, on)
    return one(begin(by, now, on, ChangeKind.GRADE, row.name), edit, "grade.override_end")


@transaction.atomic
def grade_all(*, by: Actor, now: datetime, on: date) -> dict[str, int]:
    """Grade every enterprise that is not closed anew on a day: overrides that ran out, rules that changed.

    Idempotent. Returns {"enterprises", "changed", "expired"}.
    """
    ids = list(Enterprise.objects.exclude(status=Status.CLOSED).order_by("id").values_list("id", flat=True))
    writing, edits, expired = None, [], 0
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = _to_regrade(some, on)
        expired += sum(bool(edit.grade and edit.grade.expired) for edit in found)
        edits += found
    if edits:
        writing = begin(by, now, on, ChangeKind.GRADE, gettext_noop("按附件6重新定级"))
        write(writing, edits)
        trail(writing, edits, "grade.all", expired=expired)
    return {"enterprises": len(ids), "changed": len(edits), "expired": expired}


def _to_regrade(ids: list[int], on: date) -> list[Edit]:
    """The enterprises whose stored grade is no longer what points, rules and override give."""
    points, overrides, grades = points_now(ids), overrides_now(ids), grades_now(ids)
    wanted = {}
    for key in ids:
        edit = Edit(Enterprise(id=key))
        regrade(edit, [facts for _, facts in points.get(key, [])], overrides.get(key), on)
        if edit.grade and grade_differs(grades.get(key), edit.grade):
            wanted[key] = edit.grade
    rows = Enterprise.objects.filter(id__in=list(wanted))
    return [Edit(row, grade=wanted[row.id]) for row in rows]
