"""Messages to desks: that something waits, once a day, never what, about whom or by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from .. import queries
from ..models import Report

KIND, MOST = "report", 10
WAITS = Reason("report.waits", gettext_noop("有举报事项等您办理"))
UNTOLD = Reason("report.untold", gettext_noop("有举报内容等您改写后转办"))


def tell_handlers(row: Report, *, by: Actor, now: datetime) -> int:
    """Say to whoever may handle it that a report waits."""
    return _say(queries.handlers(row, day=local_day(now)), WAITS, "/reports/", by, now)


def tell_clerks(row: Report, *, by: Actor, now: datetime) -> int:
    """Say to the clerks' office that words wait."""
    return _say(queries.clerks(row, day=local_day(now)), UNTOLD, "/reports/words/", by, now)


def _say(people: Iterable[int], text: Reason, link: str, by: Actor, now: datetime) -> int:
    day = local_day(now).isoformat()
    drafts = [
        Draft(person, KIND, f"{text.code}:{person}:{day}", text, "", link)
        for person in list(dict.fromkeys(people))[:MOST]
    ]
    return notices.enqueue_many(by=by, now=now, drafts=drafts)
