"""When two pictures are the same scene: difference hashes of a picture and of its mirrored and turned forms.

A hash is 64 bits: in a grid of 9 x 8 grey values, bit (row, column) is set where a value is brighter than its right
neighbour. Re-encoding and resizing change a few bits, another scene about half of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

COLUMNS, ROWS = 9, 8
BITS = 64
BAND_BITS, BANDS = 16, 4
#: The largest distance that `probes` is sure to find: with 8 bits wrong each of 4 bands may have 2 of them.
FARTHEST = 7
#: A picture with fewer edges than this (a wall, the dark, a blank sheet) looks like every other of its kind.
FEWEST_EDGES = 10


def dhash(grey: bytes) -> int:
    """The hash of 9 x 8 grey values, row by row; ValueError for another number of them."""
    if len(grey) != COLUMNS * ROWS:
        raise ValueError("a difference hash is made of 72 grey values")
    found = 0
    for row in range(ROWS):
        line = grey[row * COLUMNS : (row + 1) * COLUMNS]
        for left, right in pairwise(line):
            found = found << 1 | (left > right)
    return found


def distance(one: int, other: int) -> int:
    """In how many of 64 bits two hashes differ."""
    return (one ^ other).bit_count()


def likeness(variants: Sequence[int], other: int) -> int:
    """The smallest distance between a picture in any of its forms and another as it is."""
    return min(distance(each, other) for each in variants)


def telling(variants: Sequence[int]) -> bool:
    """Whether a picture has enough in it to be recognised: a blank wall is like any other."""
    return all(FEWEST_EDGES <= each.bit_count() <= BITS - FEWEST_EDGES for each in variants)


def bands(value: int) -> tuple[int, int, int, int]:
    """A hash as four numbers of 16 bits, each of which can be looked up in an index."""
    return tuple(value >> shift & 0xFFFF for shift in (48, 32, 16, 0))  # type: ignore[return-value]


def probes(variants: Sequence[int], farthest: int) -> list[set[int]]:
    """For each band the values to look up so that no picture within `farthest` bits (at most 7) is missed.

    Of 4 bands one has at most a quarter of the differing bits: up to 3 bits the band itself is met, up to 7 one of its
    16 neighbours. ValueError above 7.
    """
    if not 0 <= farthest <= FARTHEST:
        raise ValueError("the distance is 0 to 7 bits")
    wrong = farthest // BANDS
    found: list[set[int]] = [set() for _ in range(BANDS)]
    for each in variants:
        for place, band in enumerate(bands(each)):
            found[place].update(_around(band, wrong))
    return found


def _around(band: int, wrong: int) -> Iterator[int]:
    for count in range(wrong + 1):
        for places in combinations(range(BAND_BITS), count):
            yield band ^ sum(1 << place for place in places)


def packed(variants: Sequence[int]) -> str:
    """Hashes as text, 16 hexadecimal digits each."""
    return "".join(f"{each:016x}" for each in variants)


def unpacked(text: str) -> tuple[int, ...]:
    """The hashes of `packed`."""
    return tuple(int(text[at : at + 16], 16) for at in range(0, len(text), 16))
