"""The next best of all enterprises at once says what the explanation of one says."""

from __future__ import annotations

import pytest

from anwang.domain.allocation.explain import Explainer
from anwang.domain.allocation.propose import propose
from anwang.domain.allocation.runners_up import runners_up
from tests.domain.allocation.cases import RULES, random_instance, weights


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_the_next_best_of_all_is_the_next_best_of_each(seed):
    instance, wanted = random_instance(seed), weights()
    proposal = propose(instance, RULES, wanted, seed=seed)
    found, explainer = runners_up(proposal, RULES, wanted), Explainer(proposal, RULES, wanted)
    for e in range(instance.enterprises.count):
        told = explainer.explain(e, k=1)
        if told.lead is None:
            assert proposal.lead[e] < 0
            continue
        assert {part: int(found.lead_parts[part][e]) for part in told.lead.parts} == told.lead.parts
        assert bool(found.near_tie[e]) == told.near_tie
        assert (found.official[e] >= 0) == bool(told.next_best)
        for other in told.next_best:
            assert (found.official[e], found.post[e]) == (other.official, other.post)
            assert found.at_least[e] == other.at_least
            assert {part: int(found.parts[part][e]) for part in other.parts} == other.parts
