"""How large a demonstration is: which units, how many enterprises and people."""

from __future__ import annotations

from dataclasses import dataclass

CITY = 371300000000


@dataclass(frozen=True, slots=True)
class Size:
    """`units`: the counties or townships whose enterprises and officials are made (empty: all of the city).

    `bureau`, `county_bureau` and `township` are people per unit, `deputies` the mean number of deputies per village.
    `doubtful` is the share of enterprises whose roster row says its place only in words.
    """

    name: str
    label: str
    enterprises: int
    units: tuple[int, ...] = ()
    bureau: int = 110
    county_bureau: int = 60
    township: int = 20
    deputies: float = 1.7
    doubtful: float = 0.04
    principals: int = 24


SIZES = {
    "small": Size(
        "small", "一个镇", 60, (371302107000,), bureau=5, county_bureau=6, township=6, deputies=1.0, doubtful=0.0,
        principals=2,
    ),
    "county": Size("county", "一个县区", 1900, (371302000000,), bureau=40),
    "city": Size("city", "全市", 30000),
}  # fmt: skip
