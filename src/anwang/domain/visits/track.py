"""Placing the fewest contacts one after another, so that what is left to place can always still be placed."""

from __future__ import annotations

from anwang.domain.visits.frames import Frame


class Track:
    """The contacts of one kind with one enterprise while their days are chosen, in ascending order of blocks.

    A closed system of differences can be completed from any part that agrees with it, so `blocks` names exactly the
    blocks of the next contact with which the smallest number is kept.
    """

    __slots__ = ("_frame", "placed", "total")

    def __init__(self, frame: Frame) -> None:
        if frame.fewest is None:
            raise ValueError("a shape that cannot be met has no contacts to place")
        self._frame = frame
        self.total = frame.fewest
        self.placed: tuple[int, ...] = ()

    def blocks(self) -> tuple[int, ...]:
        """Where the next contact may lie, in order; none when all are placed."""
        if len(self.placed) == self.total:
            return ()
        found = self._frame.after.get(self.placed)
        if found is None:
            found = self._frame.after[self.placed] = tuple(_blocks(self._frame, self.placed, self.total))
        return found

    def place(self, block: int) -> None:
        """Put the next contact into a block of `blocks`."""
        self.placed = (*self.placed, block)


def _blocks(frame: Frame, placed: tuple[int, ...], total: int) -> list[int]:
    """Where another contact can follow those placed."""
    last, count = placed[-1] if placed else 0, len(placed)
    known = {edge: sum(block < edge for block in placed) for edge in range(last + 1)}
    known[len(frame.at_least) - 1] = total
    found = []
    for block in range(last, len(frame.at_least) - 1):
        if block > last:
            if not _agrees(frame, known, block, count):
                break
            known[block] = count
        if _holds(frame, known, block + 1, count + 1):
            found.append(block)
    return found


def _agrees(frame: Frame, known: dict[int, int], edge: int, value: int) -> bool:
    at_least = frame.at_least
    return all(
        value - there >= at_least[each][edge] and there - value >= at_least[edge][each] for each, there in known.items()
    )


def _holds(frame: Frame, known: dict[int, int], edge: int, count: int) -> bool:
    """Whether so many contacts may lie before the edge."""
    at_least = frame.at_least
    least = max(count, *(there + at_least[each][edge] for each, there in known.items()))
    return least <= min(there - at_least[edge][each] for each, there in known.items())
