"""Coordinates of enterprises: which system they were given in, and the same point in the others.

Chinese maps do not show WGS-84: GCJ-02 (高德, 腾讯) lies up to 700 m beside it, BD-09 (百度) as much again. Longitude
comes first, both in decimal degrees. Nothing here looks a place up anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from anwang.domain.base import gettext_noop

#: The ellipsoid of the offset of GCJ-02 (Krasovsky 1940), and the mean radius of the earth, in metres.
_AXIS, _ECCENTRICITY2, EARTH = 6378245.0, 0.00669342162296594323, 6371008.8
_BAIDU = pi * 3000 / 180
#: Stored to so many decimals: a tenth of a metre.
PLACES = 6

Point = tuple[float, float]


class System(StrEnum):
    """A coordinate system that maps in China use."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def label(self) -> str:
        return SYSTEM_LABELS[self]


SYSTEM_LABELS = {
    System.WGS84: gettext_noop("WGS-84（GPS、天地图近似）"),
    System.GCJ02: gettext_noop("GCJ-02（高德、腾讯地图）"),
    System.BD09: gettext_noop("BD-09（百度地图）"),
}


def to_wgs84(longitude: float, latitude: float, given: System) -> Point:
    """The point in WGS-84, to a tenth of a metre."""
    point = (longitude, latitude)
    if given is System.BD09:
        point = _bd_to_gcj(point)
    if given is not System.WGS84:
        point = _gcj_to_wgs(point)
    return round(point[0], PLACES), round(point[1], PLACES)


def from_wgs84(longitude: float, latitude: float, wanted: System) -> Point:
    """A WGS-84 point in another system."""
    point = (longitude, latitude)
    if wanted is not System.WGS84:
        point = _wgs_to_gcj(point)
    if wanted is System.BD09:
        point = _gcj_to_bd(point)
    return round(point[0], PLACES), round(point[1], PLACES)


def _shift(point: Point) -> Point:
    x, y = point[0] - 105, point[1] - 35
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    angle = radians(point[1])
    bend = 1 - _ECCENTRICITY2 * sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY2) / (bend * sqrt(bend))
    return degrees(east / (_AXIS / sqrt(bend) * cos(angle))), degrees(north / meridian)


def _wgs_to_gcj(point: Point) -> Point:
    shift = _shift(point)
    return point[0] + shift[0], point[1] + shift[1]


def _gcj_to_wgs(point: Point) -> Point:
    """The inverse, by approaching it; four rounds come far below a tenth of a metre."""
    found = point
    for _ in range(4):
        away = _wgs_to_gcj(found)
        found = (found[0] + point[0] - away[0], found[1] + point[1] - away[1])
    return found


def _gcj_to_bd(point: Point) -> Point:
    x, y = point
    far = hypot(x, y) + 0.00002 * sin(y * _BAIDU)
    angle = atan2(y, x) + 0.000003 * cos(x * _BAIDU)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


def _bd_to_gcj(point: Point) -> Point:
    """The inverse, by approaching it as well: the formula that is passed around is off by a metre."""
    found = (point[0] - 0.0065, point[1] - 0.006)
    for _ in range(4):
        away = _gcj_to_bd(found)
        found = (found[0] + point[0] - away[0], found[1] + point[1] - away[1])
    return found


def offset(point: Point, centre: Point) -> Point:
    """(east, north) of a point from a centre in metres, for distances within a county."""
    east = radians(point[0] - centre[0]) * cos(radians((point[1] + centre[1]) / 2)) * EARTH
    return east, radians(point[1] - centre[1]) * EARTH


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a sketch: its place in it (x to the right, y downwards), how far and in which of 8 directions."""

    x: int
    y: int
    metres: int
    direction: str


DIRECTIONS = (
    gettext_noop("北"), gettext_noop("东北"), gettext_noop("东"), gettext_noop("东南"),
    gettext_noop("南"), gettext_noop("西南"), gettext_noop("西"), gettext_noop("西北"),
)  # fmt: skip
#: What a sketch may reach from its middle to its edge, in metres.
REACHES = (250, 500, 1000, 2500, 5000, 10000, 25000)


def reach_of(distances: list[int]) -> int:
    """The smallest reach that shows all of the distances, or the largest."""
    return next((reach for reach in REACHES if reach >= max(distances, default=0)), REACHES[-1])


def spot(point: Point, centre: Point, *, reach: int, half: int) -> Spot:
    """Where a point lies in a square sketch of `half` units from its middle to its edge."""
    east, north = offset(point, centre)
    turn = round(degrees(atan2(east, north)) / 45) % 8
    x, y = (round(half + metres / reach * half) for metres in (east, -north))
    return Spot(x, y, round(hypot(east, north)), DIRECTIONS[turn])
