"""What a reporter sees by the receipt's code. A wrong code costs the same statements and the same work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from anwang.adapters.crypto.reporters import mark
from anwang.domain.reports.cases import State
from anwang.domain.reports.codes import plain

from ..models import FollowUp, Report, ReportStep, ReportWord

NOTHING = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as its reporter sees it; of an unknown code everything is empty."""

    report: Report | None
    steps: list[ReportStep] = field(default_factory=list)
    words: list[ReportWord] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)


def code_mark(code: str) -> str:
    """The keyed digest by which a code is found."""
    return mark("code:" + plain(code), folder=str(settings.KEYS_DIR))


def by_code(code: str) -> Report | None:
    """The report of a code; one query, whatever was typed."""
    return Report.objects.filter(code_mark=code_mark(code)).select_related("enterprise", "problem").first()


def followed(code: str) -> Followed:
    """What a code opens; always four queries."""
    row = by_code(code)
    key: Any = row.id if row else NOTHING
    spoken = (State.ASKED, State.ANSWERED, State.CLOSED)
    return Followed(
        row,
        list(ReportStep.objects.filter(report_id=key, state__in=spoken).order_by("-id")[:6]),
        list(ReportWord.objects.filter(report_id=key, told_on__isnull=False).defer("sealed").order_by("-id")[:6]),
        list(FollowUp.objects.filter(report_id=key).order_by("days")),
    )
