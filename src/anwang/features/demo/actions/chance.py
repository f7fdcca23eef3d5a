"""Chance from a seed: the same seed and the same names give the same city, whatever else was made before."""

from __future__ import annotations

import random

from .words import GIVEN, MARK, SURNAMES

#: 0539 is Linyi's area code, and no subscriber's number begins with 0: 0 there means another area. So nothing rings.
#: A mobile that cannot ring does not exist for certain: 10…, 11… and 12… are services (10086, 110, 120) that answer a
#: number dialled too long, and free blocks of 13…–19… are given out year by year.
AREA, NEVER = "0539", "0"
COUNT = 10**6
_STEP = 618_033  # has no factor in common with COUNT: every number comes once


def chance(seed: int, *names: object) -> random.Random:
    """A stream of its own for a name."""
    return random.Random(":".join(map(str, (seed, *names))))


def marked_name(dice: random.Random) -> str:
    """A person's name, marked."""
    return f"{dice.choice(SURNAMES)}{dice.choice(GIVEN)}{MARK}"


class Phones:
    """Numbers that ring nobody, each once: 0539-0 and six digits; `first` is where in their row to begin."""

    def __init__(self, seed: int, first: int = 0) -> None:
        self._next = (seed + first * _STEP) % COUNT

    def take(self) -> str:
        """The next number."""
        self._next = (self._next + _STEP) % COUNT
        return f"{AREA}-{NEVER}{self._next:06d}"
