"""The fewest contacts of one kind with one enterprise: a system of differences, solved exactly and with its proof.

The days of the horizon fall into blocks inside which all days are alike: no window of a duty and no month begins or
ends in them. Let P(i) be the number of contacts before block i. Every condition bounds a difference of two of them:
a window asks for at least so many contacts in it, a block and a month have room for at most so many. Such a system has
a whole solution whenever it has any, and the fewest contacts are the longest path from the first to the last edge: the
path is at the same time the proof that fewer cannot do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

#: Longer than any path that is a demand; no condition between two edges.
NONE = -(10**6)


class Span(NamedTuple):
    """Blocks [first, end) in which a duty can be met."""

    first: int
    end: int


class Shape(NamedTuple):
    """One kind of contact with one enterprise, in blocks.

    `rules`: the spans of the duties of each rule; one contact meets at most one duty of a rule. `room`: how many
    contacts each block has room for at most; `floor`: how many are there already. `months`: (first, end, most).
    """

    rules: tuple[tuple[Span, ...], ...]
    room: tuple[int, ...]
    floor: tuple[int, ...]
    months: tuple[tuple[int, int, int], ...]


class Frame:
    """All that a shape implies. `at_least[i][j]`: contacts that blocks [i, j) need (i > j: minus what they may hold).

    `fewest` is None when the conditions contradict each other. `after` remembers where contacts can follow which.
    """

    __slots__ = ("after", "at_least", "fewest")

    def __init__(self, at_least: list[list[int]], fewest: int | None) -> None:
        self.at_least, self.fewest = at_least, fewest
        self.after: dict[tuple[int, ...], tuple[int, ...]] = {}


class Edge(NamedTuple):
    """A condition: P(to) - P(from) >= weight. `demand` marks one that duties make."""

    start: int
    end: int
    weight: int
    demand: bool = False


@lru_cache(maxsize=20_000)
def frame(shape: Shape) -> Frame:
    """Close the system of a shape; enterprises with the same windows share it."""
    size = len(shape.room) + 1
    table = [[NONE] * size for _ in range(size)]
    for i in range(size):
        table[i][i] = 0
    for edge in edges(shape):
        row = table[edge.start]
        row[edge.end] = max(row[edge.end], edge.weight)
    _close(table)
    possible = all(table[i][i] == 0 for i in range(size))
    return Frame(table, table[0][size - 1] if possible else None)


def edges(shape: Shape) -> list[Edge]:
    """Every condition of a shape."""
    found = [Edge(i, i + 1, floor) for i, floor in enumerate(shape.floor)]
    found += [Edge(i + 1, i, -room) for i, room in enumerate(shape.room)]
    found += [Edge(end, first, -most) for first, end, most in shape.months]
    for spans in shape.rules:
        found += _demands(spans)
    return found


def _demands(spans: Sequence[Span]) -> list[Edge]:
    """Between any two edges a rule needs as many contacts as it has duties that lie wholly between them."""
    firsts, ends = sorted({span.first for span in spans}), sorted({span.end for span in spans})
    found = []
    for first in firsts:
        inside = sorted(span.end for span in spans if span.first >= first)
        for end in ends:
            if wanted := sum(each <= end for each in inside):
                found.append(Edge(first, end, wanted, True))
    return found


def _close(table: list[list[int]]) -> None:
    """All longest paths (Floyd and Warshall)."""
    for middle, through in enumerate(table):
        for row in table:
            if (first := row[middle]) > NONE:
                for j, rest in enumerate(through):
                    if rest > NONE and first + rest > row[j]:
                        row[j] = first + rest


def contradiction(shape: Shape) -> tuple[Span, ...]:
    """Of a shape that cannot be met: the spans that together ask for more than there is room for; one must give way.

    A cycle of positive length, found by Bellman and Ford. Empty when the shape can be met.
    """
    size, all_edges = len(shape.room) + 1, edges(shape)
    longest, through = [0] * size, [-1] * size
    last = -1
    for _ in range(size):
        last = -1
        for number, edge in enumerate(all_edges):
            if longest[edge.start] + edge.weight > longest[edge.end]:
                longest[edge.end] = longest[edge.start] + edge.weight
                through[edge.end], last = number, edge.end
        if last < 0:
            return ()
    for _ in range(size):
        last = all_edges[through[last]].start
    demanded, node = [], last
    while True:
        edge = all_edges[through[node]]
        demanded += [edge] if edge.demand else []
        node = edge.start
        if node == last:
            break
    spans = {span for spans in shape.rules for span in spans}
    return tuple(sorted(s for s in spans if any(e.start <= s.first and s.end <= e.end for e in demanded)))
