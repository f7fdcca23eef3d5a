"""Why this person: the parts of the cost, the next best, and what a change would cost at least.

The promise comes from the prices. If an enterprise had to go to another candidate, no plan whatever could cost less
than the present one plus the difference of cost-minus-price (weak duality), so "at least +x" is true, not a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from anwang.domain.allocation.city import Pairs
from anwang.domain.allocation.eligible import distance_cost
from anwang.domain.allocation.offices import Field, field_of
from anwang.domain.allocation.proposal import Proposal
from anwang.domain.allocation.rules import OFFICIAL_LEVELS, LevelRule, Weights

PARTS = ("distance", "expertise", "surcharge", "stability", "rotation", "load")

NEAR = 10
"""Closer than this many cost units (a kilometre at the usual weights) two candidates are called a near-tie."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One official who may lead the enterprise. `parts` sum to the cost-minus-price; the part `load` is what their
    load weighs, negative for one who had nothing yet.

    `at_least`: no plan that gives them the enterprise is cheaper than this one by less; None with risk-weighted loads,
    where prices prove less. `alone`: what the change costs if nobody else moves (never less than `at_least`).
    """

    official: int
    post: int
    rule: str
    parts: dict[str, int]
    load: int
    at_least: int | None
    alone: int | None

    @property
    def total(self) -> int:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Explanation:
    """The lead (None without one), the next best candidates, and what decided.

    `decisive`: parts in which the lead beats the next best, the strongest first. `near_tie`: the difference is too
    small to be a reason. `notes`: pinned, pinned_past_rules, kept_incumbent, new_lead, only_candidate.
    """

    enterprise: int
    lead: Candidate | None
    next_best: tuple[Candidate, ...]
    candidates: int
    forbidden: int
    near_tie: bool
    decisive: tuple[str, ...]
    notes: tuple[str, ...]


class Explainer:
    """Explains the enterprises of one proposal; prepared once (about 20 ms for a city), then quick for each."""

    def __init__(
        self,
        proposal: Proposal,
        rules: Sequence[LevelRule],
        weights: Weights,
        *,
        pins: Pairs = (),
        forbids: Pairs = (),
        near: int = NEAR,
    ) -> None:
        self._proposal, self._rules, self._weights, self._near = proposal, rules, weights, near
        self._field: Field = field_of(proposal.instance, rules, weights)
        self._pins = dict(pins)
        self._forbidden: dict[int, set[int]] = {}
        for enterprise, official in forbids:
            self._forbidden.setdefault(enterprise, set()).add(official)

    def explain(self, enterprise: int, *, k: int = 3) -> Explanation:
        """The lead of an enterprise and its k next best candidates, the pin set aside so that its cost shows."""
        found = self._ranked(enterprise)
        chosen = int(self._proposal.lead[enterprise])
        lead = found.pop(chosen, None)
        if lead is None and chosen >= 0:
            lead = self._past_rules(enterprise, chosen)
        if lead is None:
            return Explanation(
                enterprise, None, (), len(found), len(self._forbidden.get(enterprise, ())), False, (), ()
            )
        others = sorted(found.values(), key=lambda candidate: (candidate.total, candidate.official))[:k]
        rest = tuple(self._against(lead, candidate) for candidate in others)
        return Explanation(
            enterprise,
            lead,
            rest,
            len(found) + 1,
            len(self._forbidden.get(enterprise, ())),
            bool(rest) and rest[0].total - lead.total < self._near,
            _decisive(lead, rest),
            self._notes(enterprise, lead, bool(rest)),
        )

    def _ranked(self, enterprise: int) -> dict[int, Candidate]:
        """The cheapest entry of every candidate, in the order of the rules."""
        best: dict[int, Candidate] = {}
        for level, surcharge, rule in self._entries(enterprise):
            for entry in self._posts(enterprise, level):
                official = int(self._field.offices.official[entry])
                if official in self._forbidden.get(enterprise, ()):
                    continue
                candidate = self._candidate(enterprise, entry, surcharge, rule)
                if official not in best or candidate.total < best[official].total:
                    best[official] = candidate
        return best

    def _past_rules(self, enterprise: int, official: int) -> Candidate | None:
        """A pinned official whom no level rule opens."""
        entries = [
            self._candidate(enterprise, entry, 0, "")
            for level in range(len(OFFICIAL_LEVELS))
            for entry in self._posts(enterprise, level)
            if int(self._field.offices.official[entry]) == official
        ]
        return min(entries, key=lambda candidate: candidate.total, default=None)

    def _entries(self, enterprise: int) -> Iterator[tuple[int, int, str]]:
        kind, table = self._field.kind[enterprise], self._field.rules
        for at in range(int(table.fits[kind])):
            rule = self._rules[int(table.rule[kind, at])]
            yield int(table.level[kind, at]), int(table.surcharge[kind, at]), rule.code

    def _posts(self, enterprise: int, level: int) -> range:
        office, first = int(self._field.office[enterprise, level]), self._field.offices.first
        return range(int(first[office]), int(first[office + 1])) if office >= 0 else range(0)

    def _candidate(self, enterprise: int, entry: int, surcharge: int, rule: str) -> Candidate:
        field, weights, proposal = self._field, self._weights, self._proposal
        official = int(field.offices.official[entry])
        industry, incumbent = int(field.industry[enterprise]), int(field.incumbent[enterprise])
        known = industry < 0 or (int(field.offices.expertise[entry]) >> industry) & 1
        parts = {
            "distance": self._distance(enterprise, entry),
            "expertise": 0 if known else weights.expertise_miss,
            "surcharge": surcharge,
            "stability": weights.stability if incumbent not in (-1, official) else 0,
            "rotation": weights.rotation if incumbent == official and field.rotate[enterprise] else 0,
            "load": -int(proposal.price[official]),
        }
        post = int(field.offices.post[entry])
        return Candidate(official, post, rule, parts, int(proposal.load[official]), None, None)

    def _distance(self, enterprise: int, entry: int) -> int:
        (x, y), (u, v), prices = self._field.xy[enterprise], self._field.offices.xy[entry], self._field.prices
        return int(distance_cost(x, y, u, v, prices.per_km, prices.unknown))

    def _against(self, lead: Candidate, other: Candidate) -> Candidate:
        pair = (other.total - other.parts["load"]) - (lead.total - lead.parts["load"])
        if self._proposal.load_kind == "risk":
            return replace(other, at_least=None, alone=None)
        alone = pair + self._marginal(other.official, other.load) - self._marginal(lead.official, lead.load - 1)
        return replace(other, at_least=max(0, other.total - lead.total), alone=alone)

    def _marginal(self, official: int, load: int) -> int:
        if load == 0:
            return -self._proposal.uncovered_price
        return int(self._proposal.convexity[official]) * load

    def _notes(self, enterprise: int, lead: Candidate, others: bool) -> tuple[str, ...]:
        incumbent = int(self._field.incumbent[enterprise])
        notes = {
            "pinned": enterprise in self._pins,
            "pinned_past_rules": enterprise in self._pins and not lead.rule,
            "kept_incumbent": incumbent == lead.official,
            "new_lead": incumbent not in (-1, lead.official),
            "only_candidate": not others,
        }
        return tuple(note for note, true in notes.items() if true)


def _decisive(lead: Candidate, rest: tuple[Candidate, ...]) -> tuple[str, ...]:
    if not rest:
        return ()
    ahead = {part: rest[0].parts[part] - lead.parts[part] for part in PARTS}
    return tuple(sorted((part for part in PARTS if ahead[part] > 0), key=lambda part: -ahead[part]))


def explain(
    proposal: Proposal,
    rules: Sequence[LevelRule],
    weights: Weights,
    enterprise: int,
    *,
    pins: Pairs = (),
    forbids: Pairs = (),
    k: int = 3,
    near: int = NEAR,
) -> Explanation:
    """One explanation; for many of the same proposal keep an Explainer."""
    return Explainer(proposal, rules, weights, pins=pins, forbids=forbids, near=near).explain(enterprise, k=k)
