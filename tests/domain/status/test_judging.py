"""The safety light: the worst source decides, the unknown is never green, a bad fact never makes it better."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.adapters.policy_files import load_policy
from anwang.domain.status import DutyFacts, EvaluationFacts, Light, ProblemFacts, judge

DAY = date(2026, 11, 24)
POLICY = load_policy(Path(__file__).parents[3] / "policies" / "linyi-2020-9")
RULES = POLICY.safety(DAY)
GOOD = {"duties": DutyFacts(10), "problems": ProblemFacts(), "evaluation": EvaluationFacts(90, date(2026, 9, 1))}


def light(**facts):
    return judge(RULES, on=DAY, **{**GOOD, **facts}).light


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Light.GREEN),
        ({"duties": DutyFacts()}, Light.GREY),
        ({"duties": DutyFacts(10, overdue=1)}, Light.YELLOW),
        ({"duties": DutyFacts(10, overdue=3)}, Light.RED),
        ({"duties": DutyFacts(10, missed=1)}, Light.YELLOW),
        ({"duties": DutyFacts(10, missed=2)}, Light.RED),
        ({"duties": DutyFacts(2, overdue=1)}, Light.RED),
        ({"problems": ProblemFacts(1)}, Light.YELLOW),
        ({"problems": ProblemFacts(1, overdue=1)}, Light.RED),
        ({"problems": ProblemFacts(1, major=1)}, Light.RED),
        ({"problems": None}, Light.GREEN),
        ({"evaluation": None}, Light.GREEN),
        ({"evaluation": EvaluationFacts(59.5, date(2026, 9, 1))}, Light.RED),
        ({"evaluation": EvaluationFacts(60, date(2026, 9, 1))}, Light.YELLOW),
        ({"evaluation": EvaluationFacts(75, date(2026, 9, 1))}, Light.GREEN),
        ({"duties": DutyFacts(), "problems": None, "evaluation": None}, Light.GREY),
    ],
)
def test_the_worst_source_decides(facts, expected):
    assert light(**facts) is expected


@pytest.mark.parametrize(("day", "known"), [(date(2025, 5, 24), False), (date(2025, 5, 25), True)])
def test_an_old_evaluation_says_nothing(day, known):
    status = judge(RULES, on=DAY, **{**GOOD, "evaluation": EvaluationFacts(10, day)})
    assert (status.sources[2].light is Light.RED) is known
    assert status.sources[2].on == day


def test_every_source_says_why_in_a_sentence():
    for facts in (GOOD, {"duties": DutyFacts(), "problems": None, "evaluation": None}):
        for source in judge(RULES, on=DAY, **facts).sources:
            assert all(str(reason) and "%" not in str(reason).replace("%(", "") for reason in source.reasons)
            assert source.reasons


counts = st.integers(0, 6)
duties = st.builds(
    lambda done, overdue, missed: DutyFacts(done + overdue + missed, overdue, missed), counts, counts, counts
)
problems = st.builds(
    lambda other, overdue, major: ProblemFacts(other + overdue + major, overdue, major), counts, counts, counts
)
evaluations = st.none() | st.builds(EvaluationFacts, st.integers(0, 100), st.dates(date(2024, 1, 1), DAY))


@given(duties, problems, evaluations)
def test_a_bad_fact_never_makes_the_light_better(owed, found, scored):
    before = judge(RULES, on=DAY, duties=owed, problems=found, evaluation=scored).light.rank
    worse = [
        {"duties": replace(owed, due=owed.due + 1, overdue=owed.overdue + 1)},
        {"duties": replace(owed, due=owed.due + 1, missed=owed.missed + 1)},
        {"duties": replace(owed, overdue=max(owed.overdue - 1, 0), missed=owed.missed + min(owed.overdue, 1))},
        {"problems": replace(found, open=found.open + 1)},
        {"problems": replace(found, open=found.open + 1, overdue=found.overdue + 1)},
        {"problems": replace(found, open=found.open + 1, major=found.major + 1)},
    ]
    if scored and scored.score:
        worse.append({"evaluation": replace(scored, score=scored.score - 1)})
    for facts in worse:
        changed = {"duties": owed, "problems": found, "evaluation": scored, **facts}
        assert judge(RULES, on=DAY, **changed).light.rank >= before


@given(duties, problems, evaluations)
def test_what_is_not_known_is_never_green(owed, found, scored):
    status = judge(RULES, on=DAY, duties=owed, problems=found, evaluation=scored)
    if not owed.due:
        assert status.light is not Light.GREEN
    if scored is None:
        assert status.sources[2].light is Light.GREY


def test_the_office_sets_every_threshold():
    assert {f"safety[1].{name}" for name in ("share_red", "missed_red", "score_red", "must_know")} <= POLICY.office_sets
