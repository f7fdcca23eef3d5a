"""Why something could not be placed, and what is wrong with pins and forbids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from anwang.domain.allocation.city import SIZES, Fault, Instance, fault_of
from anwang.domain.allocation.eligible import Wishes
from anwang.domain.allocation.joint import Seats
from anwang.domain.allocation.offices import Field
from anwang.domain.allocation.proposal import Left
from anwang.domain.base import gettext_noop

_TEXTS = {
    "pin_range": gettext_noop("%(count)s 条指定的企业或人员不存在"),
    "forbid_range": gettext_noop("%(count)s 条回避的企业或人员不存在"),
    "pin_twice": gettext_noop("%(count)s 家企业指定了不止一名包保人"),
    "pin_forbidden": gettext_noop("%(count)s 家企业指定的包保人须回避"),
    "pin_outside": gettext_noop("%(count)s 家企业指定的包保人管辖范围不含该企业"),
}


def check_wishes(
    instance: Instance, pins: Sequence[tuple[int, int]], forbids: Sequence[tuple[int, int]]
) -> tuple[Fault, ...]:
    """Faults of pins and forbids; the rows named are enterprises, for *_range the positions in the list."""
    ranges = [
        _named("pin_range", [at for at, pair in enumerate(pins) if not _exists(instance, pair)]),
        _named("forbid_range", [at for at, pair in enumerate(forbids) if not _exists(instance, pair)]),
    ]
    if any(ranges):
        return tuple(fault for fault in ranges if fault)
    times, banned = Counter(enterprise for enterprise, _ in set(pins)), set(forbids)
    found = [
        _named("pin_twice", [enterprise for enterprise, n in times.items() if n > 1]),
        _named("pin_forbidden", [pair[0] for pair in pins if pair in banned]),
        _named("pin_outside", [e for e, official in pins if not covers(instance, official, e)]),
    ]
    return tuple(fault for fault in found if fault)


def covers(instance: Instance, official: int, enterprise: int) -> bool:
    """A post in scope of the official holds the enterprise in its territory (分级属地)."""
    p, place = instance.posts, int(instance.enterprises.place[enterprise])
    own = np.flatnonzero((p.official == official) & p.in_scope)
    return any(int(p.unit[k]) <= place < int(p.unit[k]) + SIZES[int(p.level[k])] for k in own)


def _exists(instance: Instance, pair: tuple[int, int]) -> bool:
    return 0 <= pair[0] < instance.enterprises.count and 0 <= pair[1] < instance.officials


def _named(code: str, rows: list[int]) -> Fault | None:
    return fault_of(code, _TEXTS[code], np.array(sorted(set(rows)), np.int64)) if rows else None


def without_lead(instance: Instance, field: Field, wishes: Wishes, lead: npt.NDArray[np.int32]) -> tuple[Left, ...]:
    """Every enterprise that has no lead, with the reason."""
    return tuple(Left(int(e), _why(instance, field, wishes, int(e))) for e in np.flatnonzero(lead < 0))


def _why(instance: Instance, field: Field, wishes: Wishes, e: int) -> str:
    place, kind = int(field.place[e]), int(field.kind[e])
    levels = [int(level) for level in field.rules.level[kind, : field.rules.fits[kind]]]
    if not levels:
        return "no_rule"
    if place == 0:
        return "place_unknown"
    if any(field.office[e, level] >= 0 for level in levels):
        return "all_forbidden"
    known = next(at for at, size in enumerate(SIZES) if at == len(SIZES) - 1 or place % size == 0)
    return "place_too_coarse" if max(levels) > known else "no_official"


def officials_without(seats: Seats) -> tuple[Left, ...]:
    """Every official in scope who neither leads nor joins, with the reason."""
    conflicted = set(seats.conflicted.tolist())
    return tuple(Left(n, "all_conflicted" if n in conflicted else "no_enterprise") for n in seats.without.tolist())
