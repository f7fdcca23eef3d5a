"""What the clock does for reports: words and desks that wait, due questions, the end of the retention."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from anwang.adapters import media
from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import KEPT_DAYS, WAITING
from anwang.features.audit import actions as audit

from ..models import FollowUp, Report, ReportPhoto, ReportWord, SealedIdentity
from ..queries.sealed import identity_mark
from .telling import tell_clerks, tell_handlers

PORTION = 500


def settle(*, by: Actor, now: datetime) -> dict[str, int]:
    """Idempotent: opens due questions after retaliation, tells each desk once a day, deletes what is past its time."""
    day = local_day(now)
    with transaction.atomic():
        due = FollowUp.objects.filter(on__lte=day, opened_on__isnull=True, settled_on__isnull=True)
        opened = due.update(opened_on=day)
        told = _tell(by, now)
    return {"follow_ups": opened, "told": told, "deleted": _forget(by, now)}


def _tell(by: Actor, now: datetime) -> int:
    """One report of each desk stands for all of them: a message says only that something waits."""
    asked = FollowUp.objects.filter(report=OuterRef("pk"), opened_on__isnull=False, settled_on__isnull=True)
    untold = ReportWord.objects.filter(report=OuterRef("pk"), told_on__isnull=True)
    waiting = (
        Report.objects.exclude(state="received").filter(Q(state__in=WAITING) | Exists(asked)).order_by("due", "id")
    )
    desks: dict[tuple[int, int | None], list[Report]] = {}
    for row in waiting.order_by("due", "id").iterator(chunk_size=PORTION):
        seen = desks.setdefault((row.handler_unit, row.leaders_before), [])
        if len(seen) < 3:  # of different enterprises different people may be barred
            seen.append(row)
    told = sum(tell_handlers(row, by=by, now=now) for rows in desks.values() for row in rows)
    clerks = {row.clerk_unit: row for row in Report.objects.filter(Exists(untold)).order_by("-id")[:PORTION]}
    return told + sum(tell_clerks(row, by=by, now=now) for row in clerks.values())


def _forget(by: Actor, now: datetime) -> int:
    """Two years after the end the sealed words, the name and the photos are deleted for good."""
    day = local_day(now)
    to_come = FollowUp.objects.filter(report=OuterRef("pk"), on__gte=day)
    old = Report.objects.filter(~Exists(to_come), closed_on__lt=day - timedelta(days=KEPT_DAYS))
    sealed = ReportWord.objects.filter(report=OuterRef("pk")).exclude(sealed=b"")
    keys = list(old.filter(Exists(sealed)).values_list("id", flat=True)[:PORTION])
    if not keys:
        return 0
    with transaction.atomic():
        photos = ReportPhoto.objects.filter(report_id__in=keys)
        paths = list(photos.values_list("path", flat=True))
        photos.delete()
        ReportWord.objects.filter(report_id__in=keys).update(sealed=b"")
        SealedIdentity.objects.filter(mark__in=[identity_mark(key) for key in keys]).delete()
        audit.record(by=by, now=now, action="report.forget", reports=len(keys))
    for path in paths:
        media.drop(path)
    return len(keys)
