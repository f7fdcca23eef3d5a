"""A county with an enterprise of every kind, planned and adopted as its office does."""

from types import SimpleNamespace

import pytest

from anwang.features.assignments import actions
from tests.cast import LANSHAN, make_enterprise


@pytest.fixture
def county(cast, now):
    """Four more firms in 兰山区: low ones in two villages, a general one, a larger one."""
    firms = SimpleNamespace(
        low=make_enterprise("低风险商店", "MA9D0001", 371302101201, now, "low"),
        other=make_enterprise("朱潘商店", "MA9D0002", 371302101202, now, "low"),
        general=make_enterprise("一般工厂", "MA9D0003", 371302101202, now, "general"),
        larger=make_enterprise("较大化工", "MA9D0004", 371302101201, now, "larger"),
    )
    cast.firms = firms
    return cast


@pytest.fixture
def propose(county, now, today):
    def run(who="county_leader", **choice):
        asked = {"unit": LANSHAN, "on": today, **choice}
        return actions.propose(by=getattr(county, who).actor, now=now, **asked)

    return run


@pytest.fixture
def adopted(county, propose, now):
    """The plan in force."""
    plan = propose()
    actions.adopt(by=county.county_leader.actor, now=now, plan_id=plan.id)
    plan.refresh_from_db()
    county.plan = plan
    return county
