"""Minutes that say nearly the same: the shares of common runs of three signs (Jaccard), found without comparing all.

Two texts with a share of at least t have a common run among the rarest few of either (prefix filter): only texts that
share one of those are compared, and none that are alike is missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

_NOISE = re.compile(r"[\W_]+")
RUN = 3


class Alike(NamedTuple):
    """A record whose minute is like another's, and by how much (percent)."""

    record: int
    other: int
    percent: int


@lru_cache(maxsize=20000)
def normal(text: str) -> str:
    """Without width, case, spaces and punctuation: what is left is what was said."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def runs(text: str) -> frozenset[str]:
    """Every run of three signs."""
    said = normal(text)
    return frozenset(said[at : at + RUN] for at in range(len(said) - RUN + 1))


def share(one: Collection[str], other: Collection[str]) -> float:
    """Common runs of all runs, 0 to 1."""
    common = len(set(one) & set(other))
    return common / (len(one) + len(other) - common) if one or other else 0.0


def alike(notes: Mapping[int, str], fresh: Collection[int], *, at_least: int, percent: int) -> list[Alike]:
    """For each fresh record the earlier one (by key) whose minute is most alike; one hint a record, not many.

    Minutes under `at_least` signs (无, 一切正常) say too little to be compared.
    """
    sets = {key: runs(text) for key, text in notes.items() if len(normal(text)) >= at_least}
    sets = {key: found for key, found in sets.items() if found}
    found: dict[int, Alike] = {}
    for key, others in _candidates(sets, percent).items():
        if key not in fresh:
            continue
        best = max((Alike(key, other, _percent(sets[key], sets[other])) for other in others), key=lambda a: a.percent)
        if best.percent >= percent:
            found[key] = best
    return [found[key] for key in sorted(found)]


def _candidates(sets: Mapping[int, frozenset[str]], percent: int) -> dict[int, set[int]]:
    """For each record the earlier ones that may be alike: those that share one of the rarest runs."""
    often = Counter(run for found in sets.values() for run in found)
    index: dict[str, list[int]] = defaultdict(list)
    candidates: dict[int, set[int]] = defaultdict(set)
    for key in sorted(sets):
        rare = sorted(sets[key], key=lambda run: (often[run], run))
        size = len(rare)
        for run in rare[: size - -(-percent * size // 100) + 1]:
            for other in index[run]:
                if len(sets[other]) * 100 >= percent * size and size * 100 >= percent * len(sets[other]):
                    candidates[key].add(other)
            index[run].append(key)
    return candidates


def _percent(one: frozenset[str], other: frozenset[str]) -> int:
    return int(share(one, other) * 100)
