"""Telling the enterprise of a visit: its principal has a message in the transaction of the act (四.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices

from ..models import Visit

ANNOUNCED = gettext_noop("%(day)s 到贵单位督导服务")
CANCELLED = gettext_noop("原定 %(day)s 的督导已取消")
BODY = gettext_noop("%(name)s 等 %(n)s 人。日子不方便的，请在“来访安排”中说明。")


def tell(by: Actor, now: datetime, rows: Sequence[Visit], *, cancelled: bool = False) -> int:
    """A message to the principals of the enterprises; those that have no sign-in are told by the supervisor.

    Said once for each visit and day. Returns how many messages are new.
    """
    principals = _principals([row.enterprise_id for row in rows], now)
    drafts = []
    for row in rows:
        title = Reason("visits.told", CANCELLED if cancelled else ANNOUNCED, {"day": row.day})
        body = "" if cancelled else Reason("visits.told.body", BODY, {"name": row.person.name, "n": row.party})
        word = "off" if cancelled else "on"
        drafts += [
            notices.Draft(to, "visit", f"visit:{row.id}:{row.day}:{word}:{to}", title, body, reverse("visit_firm"))
            for to in principals.get(row.enterprise_id, ())
        ]
    return notices.enqueue_many(by=by, now=now, drafts=drafts) if drafts else 0


def _principals(enterprises: Sequence[int], now: datetime) -> dict[int, list[int]]:
    """The people who hold the post of principal, by enterprise."""
    found: dict[int, list[int]] = {}
    rows = grid.posts(on=local_day(now)).filter(kind="principal", enterprise_id__in=set(enterprises))
    for firm, person in rows.values_list("enterprise_id", "person_id"):
        found.setdefault(firm or 0, []).append(person)
    return found
