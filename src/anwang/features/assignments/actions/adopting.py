"""Adopting a plan, and taking it back until the first signature (二.2, 三.2). All or nothing, by compare-and-set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.work import actions as work

from ..models import Assignment, Commitment, Plan, PlanItem, PlanState
from ..permissions import may_plan
from ..queries.scope import Scope, read_scope
from ..queries.staleness import changes_since
from .papers import AT_ONCE, issue_papers, restore_papers, void_papers
from .planning import Report, silent

RECONCILE = "anwang.features.duties.jobs.reconcile"
_COLUMNS = (
    *("enterprise_id", "person_id", "post_id", "part", "level", "county", "township"),
    *("valid_from", "plan_id", "recorded_at", "end_reason"),
)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting did: assignments kept, begun and ended, papers issued and voided."""

    plan: int
    kept: int
    begun: int
    ended: int
    issued: int
    voided: int


@transaction.atomic
def adopt(*, by: Actor, now: datetime, plan_id: int, report: Report = silent) -> Adopted:
    """Put a proposed plan in force: assignments that it keeps stay untouched with their papers, others end, new ones
    begin with letters and notice sheets to be signed and posted. Open duties follow in a work of their own.

    Refuses `plan_missing`, `not_your_unit`, `plan_taken` (somebody was first), `plan_stale` (what it rests on has
    changed; the sentence says what), `plan_past` (it begins before assignments that stand now).
    """
    plan = _claim(by, plan_id, PlanState.PROPOSED, PlanState.ADOPTED, adopted_at=now)
    scope = read_scope(plan.unit, plan.on)
    changed = changes_since(plan.seen, scope.seen)
    if changed:
        text = gettext_noop("计算之后情况有变（%(what)s），请重新计算再采用。")
        raise Refusal("plan_stale", text, what=changed)
    begins = _begins(plan, scope, now)
    report(0, 5, gettext_noop("比对现有包保关系"))
    kept, ended, fresh = _compare(scope, plan)
    _end(ended, begins, plan, now)
    report(1, 5, gettext_noop("写入包保关系"))
    rows = _begin(plan, fresh, begins, now)
    report(2, 5, gettext_noop("作废原承诺书和公示牌"))
    voided = void_papers(by, now, ended)
    report(3, 5, gettext_noop("编发承诺书和公示牌"))
    issued = issue_papers(by, now, rows)
    report(4, 5, gettext_noop("登记"))
    Plan.objects.filter(id=plan.id).update(begins=begins)
    earlier = Plan.objects.filter(unit=plan.unit, state=PlanState.ADOPTED).exclude(id=plan.id)
    earlier.update(state=PlanState.SUPERSEDED, superseded_by=plan)
    done = Adopted(plan.id, len(kept), len(rows), len(ended), issued, voided)
    _record(by, now, "assign.adopt", plan, done)
    report(5, 5, gettext_noop("完成"))
    return done


@transaction.atomic
def undo(*, by: Actor, now: datetime, plan_id: int) -> Adopted:
    """Take an adopted plan back: what it ended runs on with its papers, what it began never was in force.

    Refuses `plan_missing`, `not_your_unit`, `plan_taken`, `plan_signed` (a letter has been signed) and `plan_changed`
    (its assignments have changed since).
    """
    plan = _claim(by, plan_id, PlanState.ADOPTED, PlanState.UNDONE, undone_at=now)
    begun = list(Assignment.objects.filter(plan=plan).values_list("id", "valid_to"))
    ended = list(Assignment.objects.filter(ended_by=plan).values_list("id", flat=True))
    if any(stop is not None for _, stop in begun) or _ended_twice(plan, len(ended)):
        text = gettext_noop("采用之后又有个别变动，不能整体撤销；请重新计算一个方案。")
        raise Refusal("plan_changed", text)
    new = [key for key, _ in begun]
    voided = void_papers(by, now, new)
    if Commitment.objects.filter(assignment__plan=plan, signed_at__isnull=False).exists():
        raise Refusal("plan_signed", gettext_noop("已有承诺书签署，方案不能撤销；如需调整请重新计算。"))
    for some in _chunks(new):
        rows = Assignment.objects.filter(id__in=some)
        rows.update(valid_to=plan.begins, end_reason=gettext_noop("方案撤销"), ended_at=now)
    for some in _chunks(ended):
        Assignment.objects.filter(id__in=some).update(valid_to=None, end_reason="", ended_by=None, ended_at=None)
    restored = restore_papers(by, now, ended, plan.adopted_at) if plan.adopted_at else 0
    Plan.objects.filter(superseded_by=plan, adopted_at__isnull=False).update(
        state=PlanState.ADOPTED, superseded_by=None
    )
    done = Adopted(plan.id, 0, len(ended), len(new), restored, voided)
    _record(by, now, "assign.undo", plan, done)
    return done


def _claim(by: Actor, plan_id: int, state: str, wanted: str, **when: datetime) -> Plan:
    """Plans are locked in order, so that two adoptions of overlapping units never interleave."""
    list(Plan.objects.select_for_update().order_by("id").values_list("id", flat=True))
    plan = Plan.objects.filter(id=plan_id).first()
    if plan is None:
        raise Refusal("plan_missing", gettext_noop("没有这个分配方案。"))
    decision = may_plan(by, plan.unit)
    if not decision:
        raise Refusal.of(decision)
    if not Plan.objects.filter(id=plan_id, state=state).update(state=wanted, **when):
        text = gettext_noop("这个方案现在是“%(state)s”，不能再做这个操作；请刷新后看最新情况。")
        raise Refusal("plan_taken", text, state=plan.get_state_display())
    plan.refresh_from_db()
    return plan


def _begins(plan: Plan, scope: Scope, now: datetime) -> date:
    """The plan's own day; a plan that waited begins when it is adopted. Nothing that stands is rewritten."""
    day = plan.on if plan.on < local_day(plan.created_at) else max(plan.on, local_day(now))
    held = [held.id for held in (*scope.leads.values(), *scope.joints.values())]
    for some in _chunks(held):
        if Assignment.objects.filter(id__in=some, valid_from__gt=day).exists():
            text = gettext_noop("%(day)s 之后已有新的包保关系，方案不能从更早的日期开始；请以今天为基准重新计算。")
            raise Refusal("plan_past", text, day=day)
    return day


def _compare(scope: Scope, plan: Plan) -> tuple[set[int], list[int], list[PlanItem]]:
    """(assignments that stay, assignments that end, items that begin). Same enterprise, person, post and part stays."""
    standing = {(held.enterprise, held.person, held.post, "lead"): held.id for held in scope.leads.values()}
    standing |= {(held.enterprise, held.person, held.post, "joint"): held.id for held in scope.joints.values()}
    kept, fresh = set(), []
    for item in plan.items.defer("why").order_by("id").iterator(chunk_size=5000):
        found = standing.get((item.enterprise_id, item.person_id, item.post_id, item.part))
        if found is None:
            fresh.append(item)
        else:
            kept.add(found)
    return kept, sorted(set(standing.values()) - kept), fresh


def _end(ids: list[int], day: date, plan: Plan, now: datetime) -> None:
    for some in _chunks(ids):
        rows = Assignment.objects.filter(id__in=some)
        rows.update(valid_to=day, end_reason=gettext_noop("重新分配"), ended_by=plan, ended_at=now)


def _begin(plan: Plan, items: list[PlanItem], day: date, now: datetime) -> list[Assignment]:
    rows = (
        (
            item.enterprise_id, item.person_id, item.post_id, item.part, item.level, item.county, item.township,
            day, plan.id, now, "",
        )
        for item in items
    )  # fmt: skip
    insert_many(Assignment, _COLUMNS, rows)
    return list(Assignment.objects.filter(plan=plan).order_by("id"))


def _ended_twice(plan: Plan, ended: int) -> bool:
    """One of the enterprises has a running lead that the plan neither began nor kept standing then."""
    if not ended:
        return False
    running = Assignment.objects.filter(valid_to__isnull=True, part="lead")
    firms = Assignment.objects.filter(ended_by=plan).values("enterprise_id")
    since = Q(recorded_at__gt=plan.adopted_at) & ~Q(plan=plan)
    return running.filter(since, enterprise_id__in=firms).exists()


def _record(by: Actor, now: datetime, action: str, plan: Plan, done: Adopted) -> None:
    """The trail, and the open duties that follow the new leads in a work of their own."""
    audit.record(
        by=by, now=now, action=action, target=f"plan:{plan.id}", unit=plan.unit, begins=plan.begins,
        kept=done.kept, begun=done.begun, ended=done.ended, issued=done.issued, voided=done.voided,
    )  # fmt: skip
    work.start(by=by, now=now, handler=RECONCILE, label=gettext_noop("移交未完成的职责"), params={})


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    rows = list(ids)
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
