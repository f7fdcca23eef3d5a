"""The allocation of a city: greedy floor, our exact solver with 1 and 2 threads, OR-Tools, the proof, risk, inserting.

`python -m bench.allocation [--json] [--province] [--repeat N]`. The solver's line is everything from eligible pairs to
a proven plan of leads; OR-Tools' line is its `solve()` alone, the graph already built.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from ortools.graph.python import min_cost_flow

from anwang.domain.allocation.certificate import certify
from anwang.domain.allocation.city import Enterprises, Instance
from anwang.domain.allocation.eligible import eligible, wishes_of
from anwang.domain.allocation.explain import Explainer
from anwang.domain.allocation.insert import insert
from anwang.domain.allocation.kernel import Arcs
from anwang.domain.allocation.offices import field_of, official_levels
from anwang.domain.allocation.proposal import Proposal
from anwang.domain.allocation.propose import convexity_of, propose
from anwang.domain.allocation.solve import Solution, solve
from bench.cities import RULES, WEIGHTS, city, province

Line = dict[str, Any]


class Problem(NamedTuple):
    """A city with its eligible pairs."""

    instance: Instance
    arcs: Arcs
    stage: Any
    convexity: Any


def best_of(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """Shortest time of several runs, and the last answer."""
    times, answer = [], None
    for _ in range(repeat):
        began = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - began)
    return min(times), answer


def problem_of(instance: Instance, threads: int) -> Problem:
    """What `propose` prepares before it solves."""
    field = field_of(instance, RULES, WEIGHTS)
    layout = np.argsort(instance.enterprises.place, kind="stable").astype(np.int64)
    with ThreadPoolExecutor(threads) as pool:
        arcs, stage = eligible(field, wishes_of(instance, (), (), False), layout, pool, threads)
    return Problem(instance, arcs, stage, convexity_of(instance, WEIGHTS))


def own(problem: Problem, threads: int) -> Solution:
    """The exact leads with their proof."""
    place = problem.instance.enterprises.place
    with ThreadPoolExecutor(threads) as pool:
        return solve(problem.arcs, problem.stage, place, problem.convexity, WEIGHTS.uncovered, 0, pool)


@njit(cache=True, nogil=True)
def _greedy(order: Any, arcs: Arcs, convexity: Any, uncovered: int, load: Any) -> Any:
    total = 0
    for row in order:
        best, who = np.int64(1) << 60, -1
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            cost = arcs.cost[arc] + (convexity[j] * load[j] if load[j] > 0 else -uncovered)
            if cost < best:
                best, who = cost, j
        if who >= 0:
            load[who] += 1
            total += best
    return total


def greedy(problem: Problem) -> int:
    """Each enterprise in turn to its cheapest candidate, those with few candidates first: the floor in time."""
    degree = problem.arcs.stop - problem.arcs.start
    order = np.argsort(degree, kind="stable")
    load = np.zeros(len(problem.convexity), np.int64)
    total = _greedy(order, problem.arcs, problem.convexity, WEIGHTS.uncovered, load)
    return int(total) + WEIGHTS.uncovered * len(load)


def or_tools(problem: Problem, loads: Any) -> tuple[float, int]:
    """Seconds of OR-Tools' solve and its objective. Each official has one arc for every load up to a limit a quarter
    above the largest of their level in our plan; none may be full, which makes the limit harmless."""
    arcs, n, m = problem.arcs, len(problem.arcs.start), len(problem.convexity)
    degree = arcs.stop - arcs.start
    rows = np.repeat(np.arange(n), degree)
    number = np.arange(degree.sum()) + np.repeat(arcs.start - (np.cumsum(degree) - degree), degree)
    level = official_levels(problem.instance)
    limit = np.array([int(loads[level == at].max(initial=0) * 1.25) + 2 for at in range(5)])[level]
    limit = np.minimum(limit, np.bincount(arcs.official[number], minlength=m))
    who = np.repeat(np.arange(m), limit)
    k = np.arange(limit.sum()) - np.repeat(np.cumsum(limit) - limit, limit)
    placed = np.flatnonzero(degree)
    source, sink = n + m, n + m + 1
    tail = np.concatenate([np.full(len(placed), source), rows, n + who])
    head = np.concatenate([placed, n + arcs.official[number], np.full(len(who), sink)])
    marginal = np.where(k == 0, -WEIGHTS.uncovered, problem.convexity[who] * k)
    cost = np.concatenate([np.zeros(len(placed), np.int64), arcs.cost[number], marginal])
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, np.ones(len(tail), np.int64), cost)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([len(placed), -len(placed)]))
    began = time.perf_counter()
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("OR-Tools found no optimum")
    seconds = time.perf_counter() - began
    used = flow.flows(np.arange(len(placed) + len(rows), len(tail)))
    full = (np.bincount(who, used, m) >= limit) & (limit < np.bincount(arcs.official[number], minlength=m))
    if full.any():
        raise SystemExit("the load limit given to OR-Tools was reached")
    return seconds, int(flow.optimal_cost()) + WEIGHTS.uncovered * m


def _line(line: str, value: float, unit: str, baseline: str = "", ratio: float | None = None, target: str = "") -> Line:
    digits = 6 if unit == "s" else 3
    ratio = None if ratio is None else round(ratio, 3)
    return {
        "line": line,
        "value": round(value, digits),
        "unit": unit,
        "baseline": baseline,
        "ratio": ratio,
        "target": target,
    }


def solver_lines(instance: Instance, repeat: int) -> list[Line]:
    """Solver against floor and OR-Tools on the same pairs."""
    own(problem_of(instance, 1), 1)
    building, problem = best_of(lambda: problem_of(instance, 2), repeat)
    floor, rough = best_of(lambda: greedy(problem), repeat + 1)
    one, _ = best_of(lambda: own(problem, 1), repeat)
    two, exact = best_of(lambda: own(problem, 2), repeat)
    proof, certificate = best_of(lambda: certify(problem.arcs, exact.state, exact.uncovered), repeat)
    other, objective = or_tools(problem, exact.state.load)
    if not certificate.holds or (exact.uncovered == WEIGHTS.uncovered and objective != certificate.objective):
        raise SystemExit(f"not the optimum: {certificate}, OR-Tools {objective}")
    pairs = f"{int((problem.arcs.stop - problem.arcs.start).sum()):,} pairs"
    by_tools = f"OR-Tools {other:.2f} s, same objective {objective:,}"
    above = 100 * (rough - objective) / objective
    return [
        _line(f"allocation: eligible pairs ({pairs})", building, "s"),
        _line("allocation: greedy floor", floor, "s", f"{above:.1f} % above the optimum"),
        _line("allocation: exact, 1 thread", one, "s", by_tools, one / other, "≤ 1/5"),
        _line("allocation: exact, 2 threads", two, "s", by_tools, two / other, "≤ 1/5"),
        _line("allocation: exact, 2 threads, against the floor", two, "s", f"{floor:.4f} s", two / floor, "≤ 20"),
        _line("allocation: gap to the lower bound", 0.0, "%", f"certificate holds, {proof * 1000:.1f} ms", None, "0"),
    ]


def plan_lines(instance: Instance, repeat: int) -> list[Line]:
    """Whole proposals as the product makes them."""
    whole, plan = best_of(lambda: propose(instance, RULES, WEIGHTS), repeat)
    settled = _settled(instance, plan)
    anew, replanned = best_of(lambda: propose(settled, RULES, WEIGHTS, seed=1), 1)
    free = propose(settled, RULES, replace(WEIGHTS, stability=0), seed=1)
    propose(instance, RULES, WEIGHTS, load="risk")
    risky, risk = best_of(lambda: propose(instance, RULES, WEIGHTS, load="risk"), 1)
    base = f"exact plan {whole:.2f} s"
    return [
        _line("allocation: whole proposal", whole, "s", f"{plan.uncovered:,} uncovered, the fewest possible"),
        _line("allocation: moves of a re-plan", replanned.moved, "moves", f"{free.moved:,} without a penalty"),
        _line("allocation: re-plan", anew, "s", base, anew / whole),
        _line("allocation: risk-weighted loads", risky, "s", base, risky / whole),
        _line("allocation: risk-weighted, gap to its bound", 100 * risk.gap, "%", "", None, "reported"),
        *_small_lines(instance, plan),
    ]


def _settled(instance: Instance, plan: Proposal) -> Instance:
    """The plan in force, and a hundredth of the officials gone."""
    gone = np.arange(instance.officials) % 100 == 7
    e, p = instance.enterprises, instance.posts
    posts = replace(p, in_scope=p.in_scope & ~gone[p.official])
    return Instance.of(replace(e, incumbent=plan.lead.astype(np.int64)), posts, instance.officials)


def _small_lines(instance: Instance, plan: Proposal) -> list[Line]:
    e = instance.enterprises
    some = slice(0, 200)
    new = Enterprises.of(e.place[some], e.grade[some], e.managing[some], industry=e.industry[some], xy=e.xy[some])
    newcomers = Instance.of(new, instance.posts, instance.officials)
    price = plan.uncovered_price

    def add() -> Any:
        return insert(newcomers, RULES, WEIGHTS, load=plan.load, price=plan.price, uncovered_price=price)

    add()
    inserting, _ = best_of(add, 3)
    explainer = Explainer(plan, RULES, WEIGHTS)
    telling, _ = best_of(lambda: [explainer.explain(row) for row in range(200)], 1)
    return [
        _line("allocation: 200 new enterprises, nobody moved", 1000 * inserting, "ms"),
        _line("allocation: one explanation", 5 * telling, "ms"),
    ]


def province_lines() -> list[Line]:
    """Sixteen cities in one problem and one process."""
    instance = province()
    seconds, plan = best_of(lambda: propose(instance, RULES, WEIGHTS), 1)
    size = f"{instance.enterprises.count:,} × {instance.officials:,}, {plan.pairs:,} pairs, gap {plan.gap:g}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        _line("allocation: province of 16 cities", seconds, "s", size, None, "≤ 10 s"),
        _line("allocation: province, memory of the process", memory, "MB"),
    ]


def run(repeat: int = 5, whole_province: bool = False) -> list[Line]:
    """The lines of the table."""
    instance = city(1)
    propose(instance, RULES, WEIGHTS)
    lines = [*solver_lines(instance, repeat), *plan_lines(instance, repeat)]
    return [*lines, *(province_lines() if whole_province else [])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--province", action="store_true", help="also sixteen cities at once")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, the shortest counts")
    given = parser.parse_args()
    lines = run(max(1, given.repeat), given.province)
    if given.json:
        print(json.dumps({"lines": lines}, ensure_ascii=False))
        return
    for line in lines:
        ratio = "" if line["ratio"] is None else f"{line['ratio']:.3f} ×"
        print(
            f"{line['line']:<58}{line['value']:>12,} {line['unit']:<6} {ratio:>9}  {line['baseline']}  {line['target']}"
        )


if __name__ == "__main__":
    main()
