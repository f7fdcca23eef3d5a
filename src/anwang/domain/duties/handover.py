"""Which obligations go with an enterprise when its lead supervisor changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anwang.domain.duties.due import miss_day, newcomer_due
from anwang.domain.duties.rules import DutyRule
from anwang.domain.duties.status import ObligationView


class Held(NamedTuple):
    """An obligation of the enterprise and who is responsible; `period_last`: last day of its period, without grace."""

    obligation: int
    person: int
    rule: DutyRule
    period_last: date
    view: ObligationView


class Transfer(NamedTuple):
    """An obligation's new responsible person and its deadlines; the row keeps its id, period and start."""

    obligation: int
    from_person: int
    to_person: int
    due: date
    miss: date
    grace: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """`transfers` go to the successor; `waiting` would, but there is none yet; `stays` remain the former lead's."""

    transfers: tuple[Transfer, ...]
    waiting: tuple[int, ...]
    stays: tuple[int, ...]


def hand_over(held: Iterable[Held], leaving: int, taking: int | None, on: date) -> Handover:
    """What passes from person `leaving` to `taking` (None: nobody yet) on the first day of the new assignment.

    Obligations that can still be done in time go over, upcoming ones too; done, waived and overdue ones stay with the
    person who was responsible then (二.2, 四.3). A successor who starts in the last days of the period gets the grace
    of `due.deadlines`, once: a change after the end of the period moves nothing further.
    """
    transfers: list[Transfer] = []
    waiting: list[int] = []
    stays: list[int] = []
    for each in held:
        if each.person != leaving:
            continue
        if not unsettled(each.view, on):
            stays.append(each.obligation)
        elif taking is None:
            waiting.append(each.obligation)
        else:
            transfers.append(_transfer(each, taking, on))
    return Handover(tuple(transfers), tuple(waiting), tuple(stays))


def unsettled(view: ObligationView, on: date) -> bool:
    """Neither done nor waived, and `on` can still be in time.

    These are handed over, move with the enterprise's place, and are waived when the enterprise closes or is suspended.
    """
    return not (view.fulfilled or view.waived or view.transferred) and on <= view.due


def _transfer(held: Held, taking: int, on: date) -> Transfer:
    due = newcomer_due(held.rule, held.view.due, on) if on <= held.period_last else held.view.due
    miss = held.view.miss if due == held.view.due else miss_day(held.rule, due)
    return Transfer(held.obligation, held.person, taking, due, miss, due > held.period_last)
