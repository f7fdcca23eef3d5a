"""Where an enterprise is: its coordinate in the systems that maps use, and a sketch of those near it (二.2, N9).

No map is fetched from anywhere: the sketch is drawn from the roster. An enterprise without a coordinate has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from anwang.domain.base import Actor
from anwang.domain.grid.coordinates import EARTH, Point, Spot, System, from_wgs84, offset, reach_of, spot
from anwang.features.enterprises import queries as enterprises

#: Enterprises that the sketch shows, those of them that are named beside it, and how far it looks, in metres.
SHOWN, NAMED, FARTHEST = 40, 8, 5000
#: The sketch is a square of twice so many units.
HALF = 150


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another enterprise in the sketch. `number` is its label when it is named."""

    row: Any
    spot: Spot
    number: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """`points` are (system, longitude, latitude), none when the system is not known; `reach` is from middle to edge."""

    longitude: float
    latitude: float
    known: bool
    points: tuple[tuple[System, float, float], ...]
    reach: int
    neighbours: tuple[Neighbour, ...]

    @property
    def named(self) -> tuple[Neighbour, ...]:
        """Those beside the sketch, the nearest first."""
        return tuple(each for each in self.neighbours if each.number)

    @property
    def half_reach(self) -> str:
        """How far the bar of the scale goes: a quarter of the sketch's width."""
        half = self.reach / 2
        return f"{half:g} m" if half < 1000 else f"{half / 1000:g} km"

    @property
    def geo(self) -> str:
        """A link that a telephone opens in a map of its own choice (RFC 5870, WGS-84)."""
        return f"geo:{self.latitude:.6f},{self.longitude:.6f}" if self.known else ""


def place_of(firm: Any, *, by: Actor) -> Place | None:
    """The place of an enterprise with those of the actor's territory near it; None when nobody said where it is.

    One query.
    """
    if firm.longitude is None or firm.latitude is None:
        return None
    centre: Point = (firm.longitude, firm.latitude)
    found = _near(firm, centre, by)
    reach = reach_of([round(far) for far, _ in found])
    neighbours = tuple(
        Neighbour(row, spot(_point(row), centre, reach=reach, half=HALF), n if n <= NAMED else 0)
        for n, (_, row) in enumerate(found, 1)
    )
    known = bool(firm.coordinates)
    points = tuple((each, *from_wgs84(*centre, each)) for each in System) if known else ()
    return Place(firm.longitude, firm.latitude, known, points, reach, neighbours)


def _near(firm: Any, centre: Point, by: Actor) -> list[tuple[float, Any]]:
    """(metres, enterprise), the nearest first."""
    north = FARTHEST / radians(1) / EARTH
    east = north / cos(radians(centre[1]))
    low, high = (centre[0] - east, centre[1] - north), (centre[0] + east, centre[1] + north)
    rows = [row for row in enterprises.between(low, high, county=firm.county, by=by) if row.id != firm.id]
    far = sorted(((hypot(*offset(_point(row), centre)), row) for row in rows), key=_distance)
    return [each for each in far if each[0] <= FARTHEST][:SHOWN]


def _point(row: Any) -> Point:
    return row.longitude, row.latitude


def _distance(each: tuple[float, Any]) -> float:
    return each[0]
