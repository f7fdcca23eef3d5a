"""A problem on the ladder always has somebody who is next and a day; silence climbs to the top and never further."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.base import Level
from anwang.domain.ladder.case import (
    Case,
    Part,
    Silence,
    accept_due,
    at_level,
    may_accept_risk,
    may_climb,
    may_extend,
    may_give,
    may_list,
    may_verify,
    moved,
    next_due,
    next_part,
    silence,
    solve_due,
)
from anwang.domain.ladder.plain import from_plain, to_plain
from anwang.domain.ladder.rules import EscalationReason, LadderRule, LevelClock, ProblemKind
from anwang.domain.ladder.states import ENDED, OPEN, TRANSITIONS, WAITING, State, may_become

DAY = date(2026, 11, 2)
CLOCKS = (
    LevelClock(Level.VILLAGE, 1, 3),
    LevelClock(Level.TOWNSHIP, 2, 7),
    LevelClock(Level.COUNTY, 3, 15),
    LevelClock(Level.CITY, 5, 30),
)
RULE = LadderRule(
    "P.violation", ProblemKind.VIOLATION, "三.4", True, CLOCKS, (EscalationReason("silence", "超过时限"),), 15, 1, DAY,
    risk_days=30, listed_by=frozenset({Level.COUNTY, Level.CITY}),
)  # fmt: skip
NEW = Case(State.REPORTED, Level.VILLAGE, DAY)


def days(count):
    return DAY + timedelta(days=count)


def stepped(case, to, today, offset):
    """The case after any move that the diagram allows, with whatever days were typed."""
    typed = today + timedelta(days=offset)
    if to is State.ESCALATED:
        level = RULE.next_hop(case.level)
        return at_level(case, to, level, today) if level else case
    if to is State.ACCEPTED and case.state is State.ACCEPTED and case.level is not Level.VILLAGE:
        return at_level(case, to, case.level.below, today)
    if to is State.REOPENED:
        return at_level(case, to, case.level, today)
    return moved(case, to, given=typed, until=typed, returned=today)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 9), st.integers(-5, 60)), max_size=40))
def test_no_walk_leads_to_an_open_case_without_next_actor_and_day(steps):
    case, today = NEW, DAY
    for choice, passed, offset in steps:
        today += timedelta(days=passed)
        nexts = sorted(TRANSITIONS[case.state])
        if nexts:
            case = stepped(case, nexts[choice % len(nexts)], today, offset)
        if case.state in ENDED:
            assert (next_part(case), next_due(case, RULE)) == (None, None)
            continue
        assert isinstance(next_part(case), Part)
        assert isinstance(next_due(case, RULE), date)
        assert next_due(case, RULE) <= max(solve_due(case, RULE), case.until or DAY, today + timedelta(days=5))


@pytest.mark.slow
@given(st.sampled_from(OPEN), st.sampled_from([clock.level for clock in CLOCKS]), st.integers(0, 30))
def test_whatever_is_left_alone_climbs_to_the_city_and_is_overdue_there(state, level, offset):
    case, today = Case(state, level, DAY, given=days(offset), until=days(offset), returned=DAY), days(400)
    for _ in range(6):
        match silence(case, RULE, today):
            case Silence.CLIMBS:
                case = at_level(case, State.ESCALATED, RULE.next_hop(case.level), today)
            case Silence.REOPENS:
                case = at_level(case, State.REOPENED, case.level, today)
            case Silence.OVERDUE:
                assert case.level is Level.CITY
                return
        today += timedelta(days=40)
    pytest.fail("silence ends nowhere")


@pytest.mark.parametrize("state", WAITING)
def test_a_leader_may_be_silent_to_the_last_day_and_no_longer(state):
    case = replace(NEW, state=state)
    assert silence(case, RULE, accept_due(case, RULE)) is None
    assert silence(case, RULE, days(2)) is Silence.CLIMBS


def test_a_problem_that_was_accepted_climbs_only_after_the_days_for_solving():
    case = moved(NEW, State.ACCEPTED)
    assert [silence(case, RULE, days(n)) for n in (2, 3, 4)] == [None, None, Silence.CLIMBS]


def test_a_department_that_is_late_is_overdue_and_the_ladder_waits_for_its_level():
    case = moved(NEW, State.HANDED, given=days(1))
    assert next_due(case, RULE) == days(1)
    assert silence(case, RULE, days(3)) is None
    assert silence(case, RULE, days(4)) is Silence.CLIMBS


def test_an_approved_extension_moves_the_limit_and_no_other_is_left():
    case = moved(NEW, State.RECTIFYING, given=days(3))
    assert may_extend(case, RULE, days(10), days(1))
    longer = replace(case, extended=days(10), extensions=1, given=days(10))
    assert silence(longer, RULE, days(10)) is None
    assert silence(longer, RULE, days(11)) is Silence.CLIMBS
    assert may_extend(longer, RULE, days(12), days(5)).reasons[0].code == "extensions_used"


@pytest.mark.parametrize("wanted", [3, 19])
def test_an_extension_lies_after_the_limit_and_inside_what_the_policy_gives(wanted):
    assert may_extend(moved(NEW, State.ACCEPTED), RULE, days(wanted), DAY).reasons[0].code == "extension_days"


def test_an_accepted_risk_reopens_by_itself_on_the_day_after():
    case = moved(NEW, State.RISK, until=days(20))
    assert silence(case, RULE, days(20)) is None
    assert silence(case, RULE, days(21)) is Silence.REOPENS


def test_a_risk_is_accepted_only_for_kinds_and_days_that_the_policy_gives():
    case = moved(NEW, State.ACCEPTED)
    assert may_accept_risk(case, RULE, days(30), DAY)
    assert may_accept_risk(case, RULE, days(31), DAY).reasons[0].code == "risk_days"
    assert may_accept_risk(case, replace(RULE, risk_days=0), days(1), DAY).reasons[0].code == "risk_never"


def test_nobody_verifies_what_they_did_themselves_when_it_is_serious():
    assert not may_verify(RULE, 7, 7)
    assert may_verify(RULE, 7, 8)
    assert may_verify(replace(RULE, serious=False), 7, 7)


def test_above_the_city_there_is_nobody():
    assert may_climb(replace(NEW, level=Level.CITY), RULE).reasons[0].code == "ladder_top"


def test_nobody_below_is_given_a_day_after_the_own():
    case = moved(NEW, State.ACCEPTED)
    assert may_give(case, RULE, days(3), DAY)
    assert may_give(case, RULE, days(4), DAY).reasons[0].code == "day_beyond"
    assert may_give(case, RULE, DAY, days(1)).reasons[0].code == "day_past"


def test_only_the_named_levels_put_it_under_supervision_by_name():
    assert may_list(replace(NEW, level=Level.COUNTY), RULE)
    assert may_list(NEW, RULE).reasons[0].code == "list_level"


def test_a_kept_ladder_is_the_same_ladder():
    assert from_plain(to_plain(RULE)) == RULE


def test_what_is_not_in_the_diagram_is_refused():
    assert may_become(State.WITHDRAWN, State.REOPENED).reasons[0].code == "problem_moved_on"
    assert all(State.ESCALATED in TRANSITIONS[state] for state in OPEN if state is not State.RISK)
