"""What a row of a roster changes of an enterprise: columns, status, place, industry, risk. Nothing is erased."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from anwang.domain.base import Grade, gettext_noop
from anwang.domain.grid.codes import covers
from anwang.domain.grid.places import Place
from anwang.domain.risk import Override, RiskFacts

from ..models import Enterprise, IndustryBy, PlaceMethod, Status
from .edits import Edit, PlaceEdit, PointEdit, StatusEdit, differs, reason_json
from .industries import DOUBTFUL, STRENGTH
from .risk import Point, grade_for
from .sheet import Incoming, warn

ROSTER_POINT = gettext_noop("名册填报风险点")
_KEPT = gettext_noop("所填地点是推断的，与已登记的所在网格不同，未改动，请核对。")
_MILDER = gettext_noop("名册填“%(stated)s”，按附件6判定为“%(computed)s”，以判定为准。")
_STILL = gettext_noop("填报没有重大危险源，但其他风险点登记有，未改动。")


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of an enterprise's risk and status, beside its own row."""

    points: tuple[tuple[Point, RiskFacts], ...] = ()
    override: Override | None = None
    status_since: date | None = None


def edit_for(enterprise: Enterprise | None, incoming: Incoming, known: Known, *, fallback: int, on: date) -> Edit:
    """The edit that makes the enterprise (None: a new one) as the row states it."""
    row = enterprise if enterprise is not None else Enterprise()
    edit = Edit(row, _columns(row, incoming))
    edit.place = _place(row, incoming, fallback)
    edit.status = _status(row, incoming, known, on)
    _risk(edit, incoming, known, on)
    if edit.is_new:
        _fill(edit)
    return edit


def _fill(edit: Edit) -> None:
    """A new enterprise takes its columns at once: a roster has many, kept only once."""
    for name, value in edit.values.items():
        setattr(edit.enterprise, name, value)
    edit.values = {}


def _columns(row: Enterprise, incoming: Incoming) -> dict[str, Any]:
    values = dict(incoming.values)
    if incoming.code:
        values |= {"credit_code": incoming.code, "provisional_code": ""}
    elif incoming.provisional and not row.credit_code:
        values["provisional_code"] = incoming.provisional
    if incoming.industry is not None:
        strength, held = STRENGTH[incoming.industry.by], STRENGTH[IndustryBy(row.industry_by)]
        same = incoming.industry.industry == row.industry and row.industry_by not in DOUBTFUL
        if strength >= held and not same:
            values |= {"industry": incoming.industry.industry, "industry_by": incoming.industry.by.value}
    return differs(row, values)


def clues_of(incoming: Incoming) -> dict[str, Any]:
    """Why a place is doubtful, what else it could be, and what the sheet said."""
    row, place = incoming.row, incoming.place
    stated = [row.text(name) for name in ("unit_code", "county", "township", "village")]
    return {
        "reasons": [reason_json(reason) for reason in place.reasons],
        "alternatives": list(place.alternatives),
        "stated": " ".join(filter(None, stated)),
    }


def _place(row: Enterprise, incoming: Incoming, fallback: int) -> PlaceEdit | None:
    place = incoming.place
    if row.pk is None:
        if place.code is None:
            return PlaceEdit(fallback, PlaceMethod.NONE.value, False, clues_of(incoming))
        return _found(incoming, place)
    if place.code is None:
        return None
    settled = row.place_method != PlaceMethod.NONE
    if place.code == row.place and settled:
        return _found(incoming, place) if row.place_guessed and not place.guessed else None
    if settled and covers(place.code, row.place):
        return None
    if settled and place.guessed:
        warn(incoming.row, "address", "place_kept", _KEPT)
        return None
    return _found(incoming, place)


def _found(incoming: Incoming, place: Place) -> PlaceEdit:
    assert place.code is not None
    return PlaceEdit(place.code, place.method.value, place.guessed, clues_of(incoming) if place.guessed else {})


def _status(row: Enterprise, incoming: Incoming, known: Known, on: date) -> StatusEdit | None:
    ended = incoming.values.get("closed_on")
    if row.pk is None:
        status, opened = incoming.status or Status.OPERATING.value, incoming.values.get("opened_on")
        if status == Status.OPERATING:
            return StatusEdit(status, opened or on)
        start = ended or on
        before = (Status.OPERATING.value, opened) if opened and opened < start else None
        return StatusEdit(status, start, before)
    if not incoming.status or incoming.status == row.status:
        return None
    if ended and incoming.status != Status.OPERATING and known.status_since and known.status_since <= ended <= on:
        return StatusEdit(incoming.status, ended)
    return StatusEdit(incoming.status, on)


def _risk(edit: Edit, incoming: Incoming, known: Known, on: date) -> None:
    """The roster's own point takes what the row states; the grade follows from all points."""
    row = edit.enterprise
    stated = dict(incoming.risk)
    if stated.get("major_hazard_source") == row.major_hazard and row.pk is not None:
        stated.pop("major_hazard_source")
    if (
        "evaluated_level" not in stated
        and incoming.grade is not None
        and (row.pk is None or incoming.grade != row.grade)
    ):
        stated["evaluated_level"] = incoming.grade
    mine = next(((point, facts) for point, facts in known.points if point.from_roster), None)
    before = mine[1] if mine else RiskFacts(label=ROSTER_POINT)
    after = replace(before, **stated)
    if after != before:
        edit.points = (PointEdit(mine[0] if mine else None, after, "" if mine else ROSTER_POINT, from_roster=True),)
    if row.pk is None or edit.points:
        others = [facts for point, facts in known.points if not point.from_roster]
        regrade(edit, [*([after] if edit.points or mine else []), *others], known.override, on)
        _compare(edit, incoming, others)


def regrade(edit: Edit, facts: list[RiskFacts], override: Override | None, on: date) -> None:
    """Set the edit's grade, and whether there is a major hazard source, from all points of the enterprise."""
    edit.grade = grade_for(facts, override, on)
    edit.values |= differs(edit.enterprise, {"major_hazard": any(each.major_hazard_source for each in facts)})


def _compare(edit: Edit, incoming: Incoming, others: list[RiskFacts]) -> None:
    assert edit.grade is not None
    computed = edit.grade.computed.grade
    if incoming.grade is not None and incoming.grade is not computed:
        params = {"stated": Grade(incoming.grade).label, "computed": computed.label}
        warn(incoming.row, "grade", "grade_differs", _MILDER, **params)
    if incoming.risk.get("major_hazard_source") is False and any(each.major_hazard_source for each in others):
        warn(incoming.row, "major_hazard", "hazard_kept", _STILL)
