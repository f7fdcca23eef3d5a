"""The one entry: from an instance, rules, weights and people's wishes to a proven proposal (二.2)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anwang.domain.allocation.city import Fault, Instance, Ints, Pairs, validate
from anwang.domain.allocation.eligible import Wishes, arc_costs, eligible, serving_posts, wishes_of
from anwang.domain.allocation.joint import seat
from anwang.domain.allocation.kernel import Arcs
from anwang.domain.allocation.offices import LEVELS, Field, field_of, official_levels
from anwang.domain.allocation.proposal import LoadKind, Proposal
from anwang.domain.allocation.reasons import check_wishes, officials_without, without_lead
from anwang.domain.allocation.risk import Answer, balance, plain
from anwang.domain.allocation.rules import OFFICIAL_LEVELS, LevelRule, Weights
from anwang.domain.allocation.solve import Solution, solve
from anwang.domain.base import Refusal, gettext_noop


class BadInstance(Refusal):
    """The instance, the pins or the forbids are faulty; `faults` names each fault with its rows."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "allocation-input",
            gettext_noop("分工数据有误：%(first)s（共 %(n)s 处）"),
            first=str(faults[0]),
            n=len(faults),
        )
        self.faults = tuple(faults)


def propose(
    instance: Instance,
    rules: Sequence[LevelRule],
    weights: Weights,
    *,
    pins: Pairs = (),
    forbids: Pairs = (),
    keep: bool = False,
    seed: int = 0,
    threads: int = 2,
    load: LoadKind = "unit",
) -> Proposal:
    """Give every enterprise that has candidates one lead, every official in scope something, at the least cost.

    pins and forbids: (enterprise, official) pairs; a pin may pass over the level rules, never over the territory.
    keep: an incumbent who is still eligible stays. seed: which of equal solutions. load: "unit" counts enterprises
    and is exact; "risk" weighs them by grade and is near, with its bound. The result does not depend on `threads`.

    Raises BadInstance for faulty input and CertificateError if the answer is not proven (a defect, never the input's).
    """
    pins, forbids = list(pins), list(forbids)
    faults = validate(instance) or check_wishes(instance, pins, forbids)
    if faults:
        raise BadInstance(faults)
    if load == "risk" and weights.risk_weight is None:
        raise ValueError("load='risk' needs weights.risk_weight")
    field, wishes = field_of(instance, rules, weights), wishes_of(instance, pins, forbids, keep)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        layout = np.argsort(instance.enterprises.place, kind="stable").astype(np.int64)
        arcs, stage = eligible(field, wishes, layout, pool, max(1, threads))
        solution = solve(
            arcs, stage, instance.enterprises.place, convexity_of(instance, weights), weights.uncovered, seed, pool
        )
        answer = plain(solution)
        if load == "risk":
            answer = balance(arcs, stage, solution, field, weights, seed, pool)
    return _proposal(instance, weights, _Solved(field, wishes, arcs, solution, answer), load)


def convexity_of(instance: Instance, weights: Weights) -> Ints:
    """By the highest level at which an official serves; 0 for those out of scope, whom no arc reaches."""
    per_level = np.array([*(weights.convexity[level] for level in OFFICIAL_LEVELS), 0], np.int64)
    convexity: Ints = per_level[official_levels(instance)]
    return convexity


class _Solved(NamedTuple):
    field: Field
    wishes: Wishes
    arcs: Arcs
    solution: Solution
    answer: Answer


def _proposal(instance: Instance, weights: Weights, solved: _Solved, kind: LoadKind) -> Proposal:
    field, wishes, arcs, solution, answer = solved
    scope = official_levels(instance) < LEVELS
    idle = np.flatnonzero(scope & (answer.load == 0))
    shift = solution.uncovered * int(np.count_nonzero(~scope)) + (solution.uncovered - weights.uncovered) * len(idle)
    seats = seat(instance, field, wishes, answer.lead, idle, weights)
    post, rule = serving_posts(field, answer.lead)
    moved, moved_forced = _moves(arcs, answer.lead, instance.enterprises.incumbent)
    return Proposal(
        instance=instance,
        load_kind=kind,
        lead=answer.lead,
        post=post,
        rule=rule,
        cost=arc_costs(arcs, answer.lead),
        candidates=arcs.stop - arcs.start,
        load=answer.load,
        price=answer.price,
        convexity=convexity_of(instance, weights),
        uncovered_price=solution.uncovered,
        joint_official=seats.official,
        joint_enterprise=seats.enterprise,
        joint_post=seats.post,
        without_lead=without_lead(instance, field, wishes, answer.lead),
        officials_without=officials_without(seats),
        officials=int(np.count_nonzero(scope)),
        uncovered=len(idle),
        objective=answer.objective - shift,
        lower_bound=answer.lower_bound - shift,
        pairs=int((arcs.stop - arcs.start).sum()),
        moved=moved,
        moved_forced=moved_forced,
    )


def _moves(arcs: Arcs, lead: npt.NDArray[np.int32], incumbent: Ints) -> tuple[int, int]:
    """Enterprises whose incumbent does not lead on, and those of them whose incumbent was no candidate."""
    moved = (incumbent >= 0) & (lead != incumbent)
    return int(np.count_nonzero(moved)), int(np.count_nonzero(moved & (arc_costs(arcs, incumbent) < 0)))
