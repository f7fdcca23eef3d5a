"""What an enterprise is to become: prepared by plans and forms, written by one action."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anwang.domain.base import Reason
from anwang.domain.risk import EffectiveGrade, RiskFacts

from ..models import Enterprise
from .risk import Point

#: Columns that a person or a sheet states as they are; the others follow from facts.
PLAIN = (
    *("name", "credit_code", "provisional_code", "address", "industry", "industry_by", "gbt_code", "gbt_name"),
    *("managing", "headcount", "principal", "principal_phone", "safety_officer", "safety_phone", "longitude"),
    *("latitude", "coordinates", "remarks", "opened_on", "closed_on"),
)


@dataclass(frozen=True, slots=True)
class StatusEdit:
    """A status from a day on; `before` is what held from the opening until then, for a new enterprise."""

    status: str
    start: date
    before: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class PlaceEdit:
    """A place by its 12-digit code, how it was found and, while it is doubtful, the clues."""

    place: int
    method: str
    guessed: bool = False
    clues: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PointEdit:
    """Facts of a risk point from a day on. `point` None makes one; `remove` ends it."""

    point: Point | None
    facts: RiskFacts
    name: str = ""
    location: str = ""
    from_roster: bool = False
    remove: bool = False


@dataclass(slots=True)
class Edit:
    """One enterprise and what changes. `enterprise` is unsaved when new; None leaves that fact as it is."""

    enterprise: Enterprise
    values: dict[str, Any] = field(default_factory=dict)
    status: StatusEdit | None = None
    place: PlaceEdit | None = None
    points: tuple[PointEdit, ...] = ()
    grade: EffectiveGrade | None = None

    made: bool = field(init=False)

    def __post_init__(self) -> None:
        self.made = self.enterprise.pk is None

    @property
    def is_new(self) -> bool:
        """True until the enterprise is written; `made` stays true."""
        return self.enterprise.pk is None

    @property
    def says_nothing(self) -> bool:
        """True when the enterprise already is as it should be."""
        return not (self.is_new or self.values or self.status or self.place or self.points or self.grade)

    @property
    def parts(self) -> tuple[str, ...]:
        """What changes, in names that the trail keeps: columns, and status, place, risk, grade."""
        facts = (("status", self.status), ("place", self.place), ("risk", self.points), ("grade", self.grade))
        return (*sorted(self.values), *(name for name, value in facts if value))


def reason_json(reason: Reason) -> dict[str, Any]:
    """A reason as it is kept in a JSON column; `reason_of` is the inverse."""
    params = {key: value.isoformat() if isinstance(value, date) else value for key, value in reason.params.items()}
    return {"code": reason.code, "text": reason.text, "params": params, "clause": reason.clause}


def reason_of(data: dict[str, Any]) -> Reason:
    """The reason again."""
    return Reason(data["code"], data["text"], data.get("params") or {}, data.get("clause", ""))


def differs(enterprise: Enterprise, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the columns that are not yet so. A place that is known keeps the system it was first given in."""
    found = {name: value for name, value in values.items() if getattr(enterprise, name) != value}
    if enterprise.coordinates and not found.keys() & {"longitude", "latitude"}:
        found.pop("coordinates", None)
    return found
