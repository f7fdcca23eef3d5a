"""The form of the rules of the safety light; the office sets the values in the policy."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.domain.base import Interval


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """From which number on a source turns yellow or red.

    `look_back_days`: duties that fell due in so many days are looked at. `overdue_*`: duties past their last day, also
    those that are missed; `missed_*`: those that can be done no more; `share_red`: per cent of what fell due that was
    not done. `problem_overdue_red`: open problems past their deadline; an open major hazard is red, any other open
    one yellow. `score_red`, `score_yellow`: an evaluation below these (全要素评价, 0 to 100). `evaluation_months`: how
    long one says something. `must_know`: without these sources the light is grey, whatever the others say.
    """

    clause: str
    look_back_days: int
    overdue_yellow: int
    overdue_red: int
    missed_yellow: int
    missed_red: int
    share_red: int
    problem_overdue_red: int
    score_red: int
    score_yellow: int
    evaluation_months: int
    must_know: tuple[str, ...]
    interval: Interval
