"""How near two enterprises are, and the order in which a day's stops are visited."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0
#: What is left of a 12-digit code decides where no coordinates are known: village, township, county, in kilometres.
BY_CODE = ((1, 1.0), (10**3, 6.0), (10**6, 25.0), (10**8, 60.0))
FAR = 300.0
#: A swap that saves less than this is none: sums of floats differ by their order.
SAVES = 1e-9


class Spot(NamedTuple):
    """Where an enterprise is: the 12-digit code of its place and, where known, (longitude, latitude) in degrees."""

    place: int
    point: tuple[float, float] | None = None


def distance(here: Spot, there: Spot) -> float:
    """Kilometres as the crow flies, or as far as places with such codes usually lie apart."""
    if here.point and there.point:
        return _great_circle(*here.point, *there.point)
    return next((km for part, km in BY_CODE if here.place // part == there.place // part), FAR)


def _great_circle(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    a, b = radians(lat1), radians(lat2)
    bow = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(bow)))


def order(spots: Sequence[Spot]) -> list[int]:
    """Positions of the spots in the order of a short way through them; by code where a point is unknown.

    The nearest next from each end, the shortest of these made better by turning parts round (2-opt).
    """
    if any(spot.point is None for spot in spots):
        return sorted(range(len(spots)), key=lambda i: (spots[i].place, i))
    if len(spots) < 3:
        return sorted(range(len(spots)), key=lambda i: (spots[i].place, i))
    km = [[distance(a, b) for b in spots] for a in spots]
    ways = [_nearest_next(start, km) for start in range(len(spots))]
    return _turned(min(ways, key=lambda way: (length(way, km), way)), km)


def length(way: Sequence[int], km: Sequence[Sequence[float]]) -> float:
    """Of an open way."""
    return sum(km[a][b] for a, b in pairwise(way))


def _nearest_next(start: int, km: list[list[float]]) -> list[int]:
    way, left = [start], set(range(len(km))) - {start}
    while left:
        here = km[way[-1]]
        way.append(min(left, key=lambda i: (here[i], i)))
        left.remove(way[-1])
    return way


def _turned(way: list[int], km: list[list[float]]) -> list[int]:
    """Turn parts of the way round as long as it becomes shorter; ends are free."""
    better = True
    while better:
        better = False
        for i in range(len(way) - 1):
            for j in range(i + 1, len(way)):
                turned = way[:i] + way[i : j + 1][::-1] + way[j + 1 :]
                if length(turned, km) < length(way, km) - SAVES:
                    way, better = turned, True
    return way
