"""One allocation problem as arrays, and the check that names what is wrong with it (二.2).

Places and units are the 12-digit statistical codes. A post at a level covers [unit, unit + 10^(12 - digits)), with
digits city 4, county 6, township 9, village 12. An enterprise whose village is unknown carries its township's or
county's code and is then covered only from that level up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from anwang.domain.base import gettext_noop

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Pairs = Iterable[tuple[int, int]]

SIZES = (10**8, 10**6, 10**3, 1)
"""Width of a unit's code range by level, in the order of OFFICIAL_LEVELS."""

MAX_XY_KM = 100_000.0
MAX_INDUSTRIES = 62


@dataclass(frozen=True, slots=True, eq=False)
class Enterprises:
    """Operating enterprises, one a row.

    place: 12-digit code, 0 unknown · industry: 0…61, -1 unknown · grade: index into GRADES · managing: index into
    MANAGING · xy: kilometres on a plane, nan unknown · incumbent: official who leads it now, -1 none ·
    rotate: the incumbent is due to rotate.
    """

    place: Ints
    industry: Ints
    grade: Ints
    managing: Ints
    xy: Floats
    incumbent: Ints
    rotate: Bools

    @property
    def count(self) -> int:
        return len(self.place)

    @classmethod
    def of(
        cls,
        place: npt.ArrayLike,
        grade: npt.ArrayLike,
        managing: npt.ArrayLike,
        *,
        industry: npt.ArrayLike | None = None,
        xy: npt.ArrayLike | None = None,
        incumbent: npt.ArrayLike | None = None,
        rotate: npt.ArrayLike | None = None,
    ) -> Enterprises:
        """Arrays of the right kind from any sequences; what is left out is unknown."""
        places = _ints(place)
        n = len(places)
        return cls(
            places,
            _ints(industry, n),
            _ints(grade),
            _ints(managing),
            _xy(xy, n),
            _ints(incumbent, n),
            np.zeros(n, np.bool_) if rotate is None else np.ascontiguousarray(rotate, np.bool_),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Posts of officials, one a row; an official may hold several.

    official: 0 … officials-1 · level: index into OFFICIAL_LEVELS · unit: 12-digit code of that level ·
    expertise: bit i set when industry i is known to the holder · xy: as for enterprises · in_scope: the post makes
    its holder a supervisor; a post out of scope is ignored.
    """

    official: Ints
    level: Ints
    unit: Ints
    expertise: Ints
    xy: Floats
    in_scope: Bools

    @property
    def count(self) -> int:
        return len(self.official)

    @classmethod
    def of(
        cls,
        official: npt.ArrayLike,
        level: npt.ArrayLike,
        unit: npt.ArrayLike,
        *,
        expertise: npt.ArrayLike | None = None,
        xy: npt.ArrayLike | None = None,
        in_scope: npt.ArrayLike | None = None,
    ) -> Posts:
        """Arrays of the right kind from any sequences. Without expertise nobody misses any industry."""
        holders = _ints(official)
        n = len(holders)
        known = np.full(n, (1 << MAX_INDUSTRIES) - 1, np.int64) if expertise is None else _ints(expertise)
        scope = np.ones(n, np.bool_) if in_scope is None else np.ascontiguousarray(in_scope, np.bool_)
        return cls(holders, _ints(level), _ints(unit), known, _xy(xy, n), scope)


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Enterprises, posts, the number of officials and, for each, the enterprise jointly supervised now or -1."""

    enterprises: Enterprises
    posts: Posts
    officials: int
    joint: Ints

    @classmethod
    def of(cls, enterprises: Enterprises, posts: Posts, officials: int, joint: npt.ArrayLike | None = None) -> Instance:
        return cls(enterprises, posts, officials, _ints(joint, officials))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an instance: a stable code, a Chinese sentence, the first rows concerned, their number."""

    code: str
    text: str
    rows: tuple[int, ...] = ()
    count: int = 0
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % {"count": self.count, "rows": ", ".join(map(str, self.rows)), **self.params}


def validate(instance: Instance) -> tuple[Fault, ...]:
    """Everything that keeps an instance from being solved, or an empty tuple. Never raises for bad values."""
    shape = _shape_faults(instance)
    if shape:
        return shape
    return (*_enterprise_faults(instance), *_post_faults(instance))


def _shape_faults(instance: Instance) -> tuple[Fault, ...]:
    e, p = instance.enterprises, instance.posts
    lengths = {len(a) for a in (e.place, e.industry, e.grade, e.managing, e.incumbent, e.rotate)}
    posts = {len(a) for a in (p.official, p.level, p.unit, p.expertise, p.in_scope)}
    plain = all(a.ndim == 1 for a in (e.place, e.industry, e.grade, e.managing, e.incumbent, p.official, p.unit))
    wide = e.xy.shape == (e.count, 2) and p.xy.shape == (p.count, 2)
    whole = instance.officials >= 0 and len(instance.joint) == instance.officials
    if len(lengths) == 1 and len(posts) == 1 and plain and wide and whole:
        return ()
    return (Fault("lengths", gettext_noop("企业、任职或人员的各列长短不一")),)


def _enterprise_faults(instance: Instance) -> tuple[Fault, ...]:
    e = instance.enterprises
    checks = (
        ("place_range", gettext_noop("%(count)s 家企业的所在地不是12位区划代码"), _outside(e.place, 0, 10**12)),
        ("industry_range", gettext_noop("%(count)s 家企业的行业编号越界"), _outside(e.industry, -1, MAX_INDUSTRIES)),
        ("grade_range", gettext_noop("%(count)s 家企业的风险等级越界"), _outside(e.grade, 0, 4)),
        ("managing_range", gettext_noop("%(count)s 家企业的管理层级越界"), _outside(e.managing, 0, 3)),
        ("enterprise_xy", gettext_noop("%(count)s 家企业的坐标不全或越界"), _bad_xy(e.xy)),
        (
            "incumbent_range",
            gettext_noop("%(count)s 家企业的现任包保人不在人员之中"),
            _outside(e.incumbent, -1, instance.officials),
        ),
        (
            "joint_range",
            gettext_noop("%(count)s 名人员的现有协同企业不在企业之中"),
            _outside(instance.joint, -1, e.count),
        ),
    )
    return _named(checks)


def _post_faults(instance: Instance) -> tuple[Fault, ...]:
    p = instance.posts
    bad_level = _outside(p.level, 0, len(SIZES))
    checks = (
        ("post_official", gettext_noop("%(count)s 条任职的人员编号越界"), _outside(p.official, 0, instance.officials)),
        ("post_level", gettext_noop("%(count)s 条任职的层级越界"), bad_level),
        ("post_unit", gettext_noop("%(count)s 条任职的单位代码与层级不符"), ~bad_level & ~_fits_level(p.unit, p.level)),
        (
            "post_expertise",
            gettext_noop("%(count)s 条任职的行业专长越界"),
            _outside(p.expertise, 0, 1 << MAX_INDUSTRIES),
        ),
        ("post_xy", gettext_noop("%(count)s 条任职的坐标不全或越界"), _bad_xy(p.xy)),
    )
    return _named(checks)


def _fits_level(unit: Ints, level: Ints) -> Bools:
    """The code ends in exactly the zeros of its level: a township is no village, a county no township."""
    known = np.clip(level, 0, len(SIZES) - 1)
    size = np.array(SIZES, np.int64)[known]
    above = np.array((10**10, *SIZES[:-1]), np.int64)[known]
    fits: Bools = (unit > 0) & (unit < 10**12) & (unit % size == 0) & (unit % above != 0)
    return fits


def _named(checks: Iterable[tuple[str, str, Bools]]) -> tuple[Fault, ...]:
    return tuple(fault_of(code, text, np.flatnonzero(bad)) for code, text, bad in checks if bad.any())


def fault_of(code: str, text: str, rows: npt.NDArray[np.intp]) -> Fault:
    """A fault that names the first twenty rows."""
    return Fault(code, text, tuple(int(row) for row in rows[:20]), len(rows))


def _outside(values: Ints, low: int, stop: int) -> Bools:
    outside: Bools = (values < low) | (values >= stop)
    return outside


def _bad_xy(xy: Floats) -> Bools:
    unknown = np.isnan(xy)
    bad: Bools = (unknown[:, 0] != unknown[:, 1]) | (np.nan_to_num(np.abs(xy), nan=0.0) > MAX_XY_KM).any(axis=1)
    return bad


def _ints(values: npt.ArrayLike | None, n: int = 0) -> Ints:
    """64-bit whole numbers, -1 for what is left out. Fractions are a programmer's error (TypeError)."""
    if values is None:
        return np.full(n, -1, np.int64)
    given = np.asarray(values)
    if given.size and given.dtype.kind not in "iub":
        raise TypeError(f"whole numbers expected, got {given.dtype}")
    return np.ascontiguousarray(given, np.int64)


def _xy(values: npt.ArrayLike | None, n: int) -> Floats:
    if values is None:
        return np.full((n, 2), np.nan)
    return np.ascontiguousarray(values, np.float64).reshape(-1, 2)
