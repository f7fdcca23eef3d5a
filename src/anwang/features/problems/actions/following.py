"""Who follows a problem changes hands: with the enterprise at a hand-over, or when somebody else leads (三.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.accounts import queries as accounts

from ..models import Problem, ProblemEvent
from ..queries.visible import case_of, rule_of
from .turning import Said, tell, whose

#: So often a problem is read again when somebody acts on it at this moment.
TRIES = 5
NOBODY = gettext_noop("无")


@transaction.atomic
def hand_over(
    *, by: Actor, now: datetime, from_person: int, takers: Mapping[int, int], reason: str,
    moved_at: datetime | None = None,
) -> dict[int, int]:  # fmt: skip
    """The open problems of enterprises go from one who follows them to others (`takers`: enterprise → person), each
    once, with an event; state and clocks stay. Undo: the same with the persons exchanged and `moved_at`, the `now` of
    the hand-over, which takes back only what was moved then.

    Returns enterprise → how many moved, only those that did; a second call moves nothing. No refusals.
    """
    rows = Problem.objects.filter(enterprise_id__in=list(takers), tracker_id=from_person, due__isnull=False)
    if moved_at is not None:
        rows = rows.filter(id__in=ProblemEvent.objects.filter(kind="follow", at=moved_at).values("problem_id"))
    moved: dict[int, int] = {}
    for problem_id, firm in rows.order_by("id").values_list("id", "enterprise_id"):
        if takers[firm] != from_person and follow(problem_id, from_person, takers[firm], reason, by=by, now=now):
            moved[firm] = moved.get(firm, 0) + 1
    return moved


def follow(
    problem_id: int, from_person: int | None, to_person: int | None, reason: str, *, by: Actor, now: datetime
) -> bool:
    """One open problem changes its follower, if it is still the one's; read again while others act on it."""
    for _try in range(TRIES):
        row = (
            Problem.objects.filter(id=problem_id, tracker_id=from_person, due__isnull=False)
            .select_related("enterprise", "ladder")
            .first()
        )
        if row is None:
            return False
        held = Problem.objects.filter(id=row.id, tracker_id=from_person, version=row.version)
        row.tracker_id = to_person
        turned = whose(row, case_of(row), rule_of(row), local_day(now))
        if held.update(**turned, tracker_id=to_person, version=row.version + 1):
            names = accounts.names_of([key for key in (from_person, to_person) if key])
            pair = " → ".join(names.get(key or 0, NOBODY) for key in (from_person, to_person))
            tell(row, Said("follow", f"{pair} {reason}".strip()), by=by, now=now, unit=row.unit, due=turned["due"])
            return True
    return False
