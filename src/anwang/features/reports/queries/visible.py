"""Who may see which report is decided here and nowhere else: whoever is complained of finds nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from anwang.domain.base import Actor, Level, Role
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import WAITING, State
from anwang.features.assignments.queries.standing import bound_to
from anwang.features.grid import queries as grid

from ..models import FollowUp, Report, ReportStep, ReportSubject, ReportWord, UnsealRequest

UNSEAL_LEVELS = (Level.CITY, Level.COUNTY)


def _unbiased(rows: QuerySet[Report], by: Actor, day: date) -> QuerySet[Report]:
    """Without those of which the person is a subject, supervises the enterprise today, or belongs to it."""
    mine = ReportSubject.objects.filter(report=OuterRef("pk"), person_id=by.person_id or 0)
    theirs = grid.posts(on=day).filter(person_id=by.person_id or 0, enterprise_id__isnull=False)
    return (
        rows.exclude(Exists(mine))
        .exclude(enterprise_id__in=bound_to(by.person_id or 0, on=day))
        .exclude(enterprise_id__in=theirs.values("enterprise_id"))
    )


def handled_by(by: Actor, *, day: date) -> QuerySet[Report]:
    """What was sent to the actor's own desk, in a clerk's words; not what the actor took down by telephone."""
    if not by.has(Role.LEADER, Role.OFFICE) or by.unit is None or by.person_id is None:
        return Report.objects.none()
    leads = grid.rank_of(by, on=day)
    reached = Q(leaders_before__isnull=True)
    if leads is not None:
        reached |= Q(leaders_before__gt=leads)
    rows = Report.objects.filter(reached, handler_unit=by.unit).exclude(state=State.RECEIVED)
    return _unbiased(rows, by, day).exclude(clerk_id__isnull=False, clerk_id=by.person_id)


def retold_by(by: Actor, *, day: date) -> QuerySet[Report]:
    """Reports with words that wait for the actor, of the clerks' office, to put them into others."""
    if not by.has(Role.OFFICE) or by.unit is None or by.person_id is None:
        return Report.objects.none()
    untold = ReportWord.objects.filter(report=OuterRef("pk"), told_on__isnull=True)
    return _unbiased(Report.objects.filter(Exists(untold), clerk_unit=by.unit), by, day)


def unsealable(by: Actor, *, day: date) -> QuerySet[Report]:
    """Reports at or below the actor's desk, for the offices of city and county."""
    if not by.has(Role.OFFICE) or by.level not in UNSEAL_LEVELS or by.person_id is None:
        return Report.objects.none()
    rows = grid.within(Report.objects.all(), by, place="handler_unit", enterprise="enterprise_id")
    return _unbiased(rows, by, day)


def unsealings(by: Actor, *, day: date) -> QuerySet[UnsealRequest]:
    """Requests of reports that the actor may unseal, the open ones first."""
    rows = UnsealRequest.objects.filter(report__in=unsealable(by, day=day))
    return rows.select_related("report", "asker", "decider", "asker_post", "decider_post").order_by("-id")


def waiting_rows(actor: Actor, *, day: date | None = None) -> QuerySet[Report]:
    """For a first page: what the actor's desk owes an act or a question about retaliation, the first due first."""
    due = FollowUp.objects.filter(report=OuterRef("pk"), opened_on__isnull=False, settled_on__isnull=True)
    rows = handled_by(actor, day=day or local_day(timezone.now()))
    return rows.filter(Q(state__in=WAITING) | Exists(due)).select_related("enterprise").order_by("due", "id")


def listing(by: Actor, *, day: date) -> QuerySet[Report]:
    """The actor's desk, the latest first."""
    open_ups = FollowUp.objects.filter(opened_on__isnull=False, settled_on__isnull=True)
    return (
        handled_by(by, day=day)
        .select_related("enterprise")
        .prefetch_related(Prefetch("follow_ups", open_ups, to_attr="asked"))
        .order_by("-received_on", "-id")
    )


def report(report_id: int, *, by: Actor, day: date) -> Report | None:
    """One report on the actor's desk."""
    return handled_by(by, day=day).select_related("enterprise", "problem").filter(id=report_id).first()


def steps(row: Report) -> list[ReportStep]:
    return list(row.steps.select_related("person").order_by("id"))


def told_words(row: Report) -> list[ReportWord]:
    """What the reporter said later, in a clerk's words; the sealed words are not even read."""
    return list(row.words.filter(told_on__isnull=False).defer("sealed").order_by("id"))


def follow_ups(row: Report) -> list[FollowUp]:
    return list(row.follow_ups.order_by("days"))


def handlers(row: Report, *, day: date) -> list[int]:
    """The people who can open it at its desk today."""
    barred = set(row.subjects.values_list("person_id", flat=True)) | {row.clerk_id}
    return [
        each.person
        for each, _ in grid.seats_at([row.handler_unit], on=day)
        if each.person not in barred
        and (row.leaders_before is None or (each.leads is not None and each.leads < row.leaders_before))
    ]


def clerks(row: Report, *, day: date) -> list[int]:
    """The people of the clerks' office who can put it into other words today."""
    barred = set(row.subjects.values_list("person_id", flat=True))
    seats = grid.seats_at([row.clerk_unit], on=day)
    return [each.person for each, office in seats if office and each.person not in barred]
