"""A few records with drawn photos, one of them used twice: what a hint is, and what becomes of it (B7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from anwang.adapters.sample_photos import sample_photo
from anwang.domain.calendar import local_day
from anwang.domain.hints.states import HintState
from anwang.features.accounts import queries as accounts
from anwang.features.duties import actions as duties
from anwang.features.duties.actions import PhotoData
from anwang.features.duties.queries.seeing import Seen, records_between
from anwang.features.hints import actions as hints
from anwang.features.hints import queries as hint_queries

from .stage import Stage

PEOPLE, DAYS = 3, 30
EXPLAINED = "两家在同一院内，办公楼前的照片传到了两条记录上，后一条已补传。"


def notice(stage: Stage) -> dict[str, Any]:
    """Photos on the last visits of a few who may be entered; the first has yet to explain, the others have."""
    photos = 0
    people: list[int] = []
    for person, visits in visitors(stage):
        first, second = visits[-2:]
        photos += _add(stage, first, sample_photo(person * 10), sample_photo(person * 10 + 1))
        photos += _add(stage, second, sample_photo(person * 10 + 2), sample_photo(person * 10, mirrored=not people))
        people.append(person)
    found = hints.find_hints(by=stage.by, now=stage.until)
    for person in people[1:]:
        _explain(stage, person)
    return {"photos": photos, "hints": sum(found.kinds.values())}


def visitors(stage: Stage) -> list[tuple[int, list[Seen]]]:
    """People with a sign-in and at least two visits, to different enterprises, in the last days."""
    today = local_day(stage.until)
    people = [user.person_id for user in accounts.sign_ins() if user.person_id]
    visits: dict[int, dict[int, Seen]] = {}
    for row in records_between(people, today - timedelta(days=DAYS), today):
        if row.on_site and row.received_at + timedelta(minutes=5) <= stage.until:
            visits.setdefault(row.person, {})[row.enterprise] = row
    found = [(person, list(rows.values())) for person, rows in sorted(visits.items()) if len(rows) > 1]
    return found[:PEOPLE]


def _add(stage: Stage, row: Seen, *photos: bytes) -> int:
    for data in photos:
        duties.add_photo(
            by=stage.by, now=row.received_at + timedelta(minutes=5), contact_id=row.id, photo=PhotoData(data)
        )
    return len(photos)


def _explain(stage: Stage, person: int) -> None:
    by = replace(stage.by, person_id=person)
    for row in hint_queries.own(by=by):
        if row.state == HintState.SHOWN:
            hints.explain(by=by, now=stage.until, hint_id=row.id, text=EXPLAINED)
