"""The answer: who leads what, who joins, who could not be placed and why, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from anwang.domain.allocation.city import Instance, Ints
from anwang.domain.allocation.offices import LEVELS, official_levels
from anwang.domain.allocation.rules import OFFICIAL_LEVELS
from anwang.domain.base import gettext_noop

LoadKind = Literal["unit", "risk"]

REASONS = {
    "no_rule": gettext_noop("没有适用于该管理层级和风险等级的包保层级规则"),
    "place_unknown": gettext_noop("所在地未知"),
    "place_too_coarse": gettext_noop("所在地只知到上级区划，应包保的层级无法确定单位"),
    "no_official": gettext_noop("所在地应包保的层级没有在岗包保人员"),
    "all_forbidden": gettext_noop("所有候选人都须回避"),
    "no_enterprise": gettext_noop("管辖范围内没有企业"),
    "all_conflicted": gettext_noop("管辖范围内的企业都须回避"),
}
"""Why an enterprise has no lead or an official no enterprise; the edge translates the sentence."""


@dataclass(frozen=True, slots=True)
class Left:
    """An enterprise or an official (its number) that could not be placed, and the code of the reason in REASONS."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A whole allocation, in arrays by enterprise (lead … candidates) or by official (load, price, convexity).

    `lead` is -1 where there is none; `post` is the post in which the lead serves and `rule` the level rule that lets
    them (-1: a pin past the rules). `cost` is the pair's own cost. `price` is what one more row of the official is
    worth: lower means busier. `uncovered_price` is the policy's weight of an uncovered official, or a higher one where
    that was needed to leave the fewest uncovered. `uncovered` officials in scope lead nothing, the fewest possible;
    each is in `joint_*` or in `officials_without`. `objective` and `lower_bound` are in cost units with an uncovered
    official at the policy's weight; they are equal when `load_kind` is "unit". `moved_forced` of the `moved`
    incumbents could not have stayed.
    """

    instance: Instance
    load_kind: LoadKind
    lead: npt.NDArray[np.int32]
    post: Ints
    rule: Ints
    cost: Ints
    candidates: Ints
    load: Ints
    price: Ints
    convexity: Ints
    uncovered_price: int
    joint_official: Ints
    joint_enterprise: Ints
    joint_post: Ints
    without_lead: tuple[Left, ...]
    officials_without: tuple[Left, ...]
    officials: int
    uncovered: int
    objective: int
    lower_bound: int
    pairs: int
    moved: int
    moved_forced: int

    @property
    def gap(self) -> float:
        """(objective - lower bound) / lower bound; 0 is a proven optimum."""
        return (self.objective - self.lower_bound) / max(1, abs(self.lower_bound))

    def by_level(self) -> dict[str, int]:
        """Number of lead supervisions by the level of the post in which the lead serves."""
        served = self.post[self.lead >= 0]
        counts = np.bincount(self.instance.posts.level[served], minlength=LEVELS)
        return {str(level): int(count) for level, count in zip(OFFICIAL_LEVELS, counts, strict=True)}

    def load_spread(self) -> dict[str, int]:
        """Enterprises led per official in scope: the middle one, the 95th of a hundred, the most."""
        loads = self.load[official_levels(self.instance) < LEVELS]
        if not len(loads):
            return {"p50": 0, "p95": 0, "max": 0}
        p50, p95 = np.percentile(loads, (50, 95), method="higher")
        return {"p50": int(p50), "p95": int(p95), "max": int(loads.max())}

    def summary(self, *, seconds: float) -> dict[str, Any]:
        """The figures of the command line's JSON; `seconds` is measured by the caller, the domain has no clock."""
        return {
            "enterprises": self.instance.enterprises.count,
            "officials": self.officials,
            "pairs": self.pairs,
            "objective": self.objective,
            "lower_bound": self.lower_bound,
            "gap": self.gap,
            "seconds": round(seconds, 3),
            "without_lead": len(self.without_lead),
            "officials_without": len(self.officials_without),
            "joint": len(self.joint_official),
            "by_level": self.by_level(),
            "load": self.load_spread(),
            "moved": self.moved,
        }
