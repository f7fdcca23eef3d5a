"""The same change of many enterprises at once, taken back with one undo: managing level, industry, place, risk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Grade, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.risk import RiskFacts

from ..models import Change, ChangeKind, Enterprise, IndustryBy, Managing, PlaceMethod
from ..permissions import may_keep
from ..queries.differences import ROSTER_POINT, regrade
from ..queries.edits import Edit, PlaceEdit, PointEdit, differs
from ..queries.risk import grade_differs, grades_now, overrides_now, points_now
from .facts import Writing
from .writing import begin, trail, write

MOST = 5000
AT_ONCE = 500


def _chosen(by: Actor, ids: Sequence[int]) -> list[Enterprise]:
    """The enterprises, locked; refused together when one is not the actor's."""
    if not ids:
        raise Refusal("nothing_chosen", gettext_noop("请先勾选企业。"))
    if len(ids) > MOST:
        raise Refusal("too_many", gettext_noop("一次最多处理 %(most)s 家。"), most=MOST)
    rows: list[Enterprise] = []
    for start in range(0, len(ids), AT_ONCE):
        some = Enterprise.objects.select_for_update().filter(id__in=ids[start : start + AT_ONCE])
        rows += some.order_by("id")
    for row in rows:
        insist(may_keep(by, row.place))
    return rows


def _write(
    by: Actor, now: datetime, kind: str, label: str, ids: Sequence[int], edit_for: Callable[[Enterprise], Edit]
) -> Change:
    rows = _chosen(by, ids)
    writing: Writing = begin(by, now, local_day(now), kind, label)
    edits = [edit for row in rows if not (edit := edit_for(row)).says_nothing]
    write(writing, edits)
    trail(writing, edits, f"bulk.{kind}", label=label)
    writing.change.refresh_from_db()
    return writing.change


@transaction.atomic
def set_managing(*, by: Actor, now: datetime, ids: Sequence[int], managing: str) -> Change:
    """Set who manages the enterprises (二.2). Refuses `nothing_chosen`, `too_many`, `not_your_enterprise`."""
    level = Managing(managing)
    return _write(by, now, ChangeKind.MANAGING, str(level.label), ids,
                  lambda row: Edit(row, differs(row, {"managing": level.value})))  # fmt: skip


@transaction.atomic
def set_industry(*, by: Actor, now: datetime, ids: Sequence[int], industry: str, label: str) -> Change:
    """Decide the industry ("" for none of the thirteen). Refuses as `set_managing`."""
    values = {"industry": industry, "industry_by": IndustryBy.HAND.value}
    return _write(by, now, ChangeKind.INDUSTRY, label, ids, lambda row: Edit(row, differs(row, values)))


@transaction.atomic
def set_place(*, by: Actor, now: datetime, ids: Sequence[int], place: int, label: str) -> Change:
    """Settle the place of enterprises by hand; the actor keeps it too. Refuses as `set_managing`."""
    insist(may_keep(by, place))

    def edit_for(row: Enterprise) -> Edit:
        settled = row.place == place and row.place_method == PlaceMethod.HAND
        return Edit(row, place=None if settled else PlaceEdit(place, PlaceMethod.HAND.value))

    return _write(by, now, ChangeKind.PLACE, label, ids, edit_for)


@transaction.atomic
def confirm_places(*, by: Actor, now: datetime, ids: Sequence[int]) -> Change:
    """Confirm the guessed places as they are. Refuses as `set_managing`."""

    def edit_for(row: Enterprise) -> Edit:
        guessed = row.place_guessed and row.place_method != PlaceMethod.NONE
        return Edit(row, place=PlaceEdit(row.place, PlaceMethod.HAND.value) if guessed else None)

    return _write(by, now, ChangeKind.PLACE, gettext_noop("确认推断的所在网格"), ids, edit_for)


@transaction.atomic
def add_standard_point(*, by: Actor, now: datetime, ids: Sequence[int], name: str, facts: RiskFacts) -> Change:
    """The same risk point at every enterprise that has none of this name, each graded anew. Refuses as
    `set_managing`."""
    point = PointEdit(None, replace(facts, label=name), name)
    return _risk(by, now, ids, name, lambda known: None if any(p.name == name for p, _ in known) else point)


@transaction.atomic
def set_evaluated(*, by: Actor, now: datetime, ids: Sequence[int], grade: Grade) -> Change:
    """Record what an evaluation found (附件6 1（四）、2（三）、3), on the roster's own point. Refuses as
    `set_managing`."""

    def point_for(known: Sequence[tuple[object, RiskFacts]]) -> PointEdit | None:
        mine = next(((p, f) for p, f in known if p.from_roster), None)  # type: ignore[attr-defined]
        before = mine[1] if mine else RiskFacts(label=ROSTER_POINT)
        after = replace(before, evaluated_level=grade)
        if mine and after == before:
            return None
        return PointEdit(mine[0] if mine else None, after, "" if mine else ROSTER_POINT, from_roster=True)  # type: ignore[arg-type]

    return _risk(by, now, ids, gettext_noop("评价等级：") + grade.label, point_for)


def _risk(
    by: Actor, now: datetime, ids: Sequence[int], label: str, point_for: Callable[..., PointEdit | None]
) -> Change:
    """One risk point more or other facts at each of the enterprises."""
    on = local_day(now)
    points, overrides, grades = points_now(ids), overrides_now(ids), grades_now(ids)

    def edit_for(row: Enterprise) -> Edit:
        known = points.get(row.id, [])
        point = point_for(known)
        if point is None:
            return Edit(row)
        others = [facts for each, facts in known if point.point is None or each.id != point.point.id]
        edit = Edit(row, points=(point,))
        regrade(edit, [*others, point.facts], overrides.get(row.id), on)
        if edit.grade and not grade_differs(grades.get(row.id), edit.grade):
            edit.grade = None
        return edit

    return _write(by, now, ChangeKind.RISK, label, ids, edit_for)
