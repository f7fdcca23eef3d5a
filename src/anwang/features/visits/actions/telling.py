"""Telling the enterprise of a visit: its principal has a message in the transaction of the act (四.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from anwang.domain.base import Actor, Reason, Right, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices

from ..models import Visit

ANNOUNCED = gettext_noop("%(day)s 到贵单位督导服务")
CANCELLED = gettext_noop("原定 %(day)s 的督导已取消")
BODY = gettext_noop("%(name)s 等 %(n)s 人。日子不方便的，请在“来访安排”中说明。")


def tell(by: Actor, now: datetime, rows: Sequence[Visit], *, cancelled: bool = False) -> int:
    """A message to the principals of the enterprises, and to staff that may see visits; those that have no sign-in
    are told by the supervisor.

    Said once for each visit and day. Returns how many messages are new.
    """
    people = grid.firm_people([row.enterprise_id for row in rows], Right.SEE, on=local_day(now))
    drafts = []
    for row in rows:
        title = Reason("visits.told", CANCELLED if cancelled else ANNOUNCED, {"day": row.day})
        body = "" if cancelled else Reason("visits.told.body", BODY, {"name": row.person.name, "n": row.party})
        word = "off" if cancelled else "on"
        drafts += [
            notices.Draft(to, "visit", f"visit:{row.id}:{row.day}:{word}:{to}", title, body, reverse("visit_firm"))
            for to in people.get(row.enterprise_id, ())
        ]
    return notices.enqueue_many(by=by, now=now, drafts=drafts) if drafts else 0
