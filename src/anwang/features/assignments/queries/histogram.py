"""How loads spread: enterprises led per official, by level."""

from __future__ import annotations

from collections import Counter

from anwang.domain.allocation.offices import LEVELS, official_levels
from anwang.domain.allocation.proposal import Proposal
from anwang.domain.allocation.rules import OFFICIAL_LEVELS

MOST = 10


def histogram(proposal: Proposal) -> dict[str, list[int]]:
    """For each level, how many officials lead 0, 1 … 9 enterprises, and 10 or more."""
    levels = official_levels(proposal.instance)
    found: dict[str, list[int]] = {level.value: [0] * (MOST + 1) for level in OFFICIAL_LEVELS}
    counts = Counter(
        (int(level), min(int(load), MOST)) for level, load in zip(levels, proposal.load, strict=True) if level < LEVELS
    )
    for (level, load), n in counts.items():
        found[OFFICIAL_LEVELS[level].value][load] = n
    return found
