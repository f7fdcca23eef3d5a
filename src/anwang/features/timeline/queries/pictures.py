"""The pictures of a review pack: photos of records, photographed sheets, photos of problems; made small one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.adapters import media, pictures
from anwang.domain.calendar import SHANGHAI, local_day
from anwang.domain.documents.album import NO_PICTURE, TOO_MANY, Album, Shot, Sort
from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import RecordTrace
from anwang.features.problems import queries as problems
from anwang.features.problems.queries import ProblemTrace

from .enterprise import Sources

#: So many are shown; more are listed. A small picture is about 30 kB, a sheet 80 kB.
MOST = 300
_SIDES = {Sort.PHOTO: 480, Sort.SHEET: 960, Sort.PROBLEM: 480}
_AFTER, _VOID = "事故后收到", "记录已撤回"


@dataclass(frozen=True, slots=True)
class Source:
    """A picture before it is made small: where its file is, and whether it is a picture at all."""

    shot: Shot
    path: str
    received: datetime
    picture: bool = True


def album_of(sources: Sources, on: date) -> Album:
    """The pictures around an accident; of too many those that arrived last before it are shown. Two queries, and one
    file at a time in memory."""
    found = [*_photos(sources.records, on), *_sheets(sources, on), *_evidence(sources.cases, on)]
    seen = sorted((each for each in found if each.picture), key=lambda each: _nearness(each, on))
    shown = {id(each) for each in seen[:MOST]}
    shots = [_made(each) for each in found if id(each) in shown]
    others = [(each.shot, TOO_MANY if each.picture else NO_PICTURE) for each in found if id(each) not in shown]
    return Album(shots, others, MOST)


def _nearness(each: Source, on: date) -> tuple[bool, int]:
    days = (on - local_day(each.received)).days
    return days < 0, abs(days)


def _made(each: Source) -> Shot:
    """With its small picture; a withdrawn, missing or broken one without."""
    data = media.fetch(each.path) if each.path else None
    small = pictures.thumbnail(data, _SIDES[each.shot.sort]) if data is not None else None
    return replace(each.shot, content=small)


def _photos(records: list[RecordTrace], on: date) -> Iterator[Source]:
    known = {row.id: row for row in records}
    for photo in duties.photo_traces(known):
        row = known[photo.contact]
        number = f"{photo.contact}-{photo.place}" if photo.place else f"{photo.contact}-–"
        shot = Shot(
            Sort.PHOTO, number, _what(row), _moment(photo.received), row.name, photo.digest, _moment(photo.taken),
            withdrawn=_moment(photo.void), marks=_marks(photo.received, on, row),
        )  # fmt: skip
        yield Source(shot, photo.path, photo.received)


def _sheets(sources: Sources, on: date) -> Iterator[Source]:
    for row, scan in sources.sheets:
        marks = _marks(scan.received_at, on, row)
        shot = Shot(Sort.SHEET, f"表{row.id}", _what(row), _moment(scan.received_at), scan.sender.name, scan.sha256,
                    marks=marks)  # fmt: skip
        yield Source(shot, scan.path, scan.received_at)


def _evidence(cases: list[ProblemTrace], on: date) -> Iterator[Source]:
    known = {row.id: row for row in cases}
    count: dict[int, int] = {}
    for file in problems.evidence(known):
        case = known[file.problem_id]
        count[case.id] = count.get(case.id, 0) + 1
        what = f"{case.title}（{_(problems.KINDS[file.stage])}）"
        picture = file.kind == "jpg"
        shot = Shot(
            Sort.PROBLEM, f"问{case.id}-{count[case.id]}", what if picture else f"{what} {file.name}",
            _moment(file.at), file.by, file.digest, marks=_marks(file.at, on),
        )  # fmt: skip
        yield Source(shot, file.path, file.at, picture)


def _what(row: RecordTrace) -> str:
    return f"{row.day} {_(FORM_LABELS[Form(row.form)])}"


def _marks(received: datetime, on: date, row: RecordTrace | None = None) -> tuple[str, ...]:
    return tuple(_said(received, on, row))


def _said(received: datetime, on: date, row: RecordTrace | None) -> Iterable[str]:
    if local_day(received) > on:
        yield _AFTER
    if row is not None and row.void:
        yield _VOID


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
