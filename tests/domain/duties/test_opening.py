"""Which obligations exist, and who answers for them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.calendar import Period
from anwang.domain.duties.opening import AssignmentSpan, OperatingSpan, obligations_to_open, periods_to_open
from tests.domain.duties.samples import CALL, DRILL, MEETING, RULES, TALK, TASK

FEW = settings(max_examples=40, deadline=None)

LONG_AGO = date(2020, 3, 5)
NOVEMBER_B = Period.parse("2026-11B")
ALWAYS = OperatingSpan(1, LONG_AGO, None)


def lead(assignment: int, start: date = LONG_AGO, end: date | None = None, enterprise: int = 1) -> AssignmentSpan:
    return AssignmentSpan(assignment, enterprise, 100 + assignment, 200 + assignment, True, start, end)


def test_each_rule_of_the_cadence_opens_once_for_the_lead_at_the_start() -> None:
    found = obligations_to_open(Period.parse("2026Q4"), RULES, [lead(1), lead(2)._replace(lead=False)], [ALWAYS])
    assert [(each.rule_code, each.person, each.post) for each in found.openings] == [
        ("N7.3", 101, 201),
        ("N7.4", 101, 201),
    ]
    assert found.openings[0].key == (1, "N7.3", "2026Q4")
    assert found.without_lead == []


def test_a_rule_on_demand_opens_nothing() -> None:
    for key in ("2026-11B", "2026-11", "2026Q4", "2026H2", "2026"):
        assert obligations_to_open(Period.parse(key), [TASK], [lead(1)], [ALWAYS]) == ([], [])


def test_the_lead_of_the_first_day_answers_although_another_follows() -> None:
    spans = [lead(2, date(2026, 11, 18)), lead(1, end=date(2026, 11, 18))]
    found = obligations_to_open(NOVEMBER_B, [CALL], spans, [ALWAYS]).openings
    assert [(each.assignment, each.start) for each in found] == [(1, date(2026, 11, 16))]


def test_a_lead_who_ended_on_the_day_before_does_not_answer() -> None:
    spans = [lead(1, end=date(2026, 11, 16)), lead(2, date(2026, 11, 16))]
    assert [each.assignment for each in obligations_to_open(NOVEMBER_B, [CALL], spans, [ALWAYS]).openings] == [2]


def test_an_enterprise_that_opens_in_the_period_owes_from_that_day() -> None:
    operating = [OperatingSpan(1, date(2026, 11, 20), None)]
    (found,) = obligations_to_open(NOVEMBER_B, [CALL], [lead(1)], operating).openings
    assert (found.start, found.due, found.grace) == (date(2026, 11, 20), date(2026, 11, 30), False)


def test_a_lead_who_starts_in_the_last_days_gets_the_grace() -> None:
    (found,) = obligations_to_open(NOVEMBER_B, [CALL], [lead(1, date(2026, 11, 29))], [ALWAYS]).openings
    assert (found.due, found.miss, found.grace) == (date(2026, 12, 3), date(2026, 12, 7), True)


def test_an_enterprise_suspended_all_the_period_owes_nothing() -> None:
    operating = [OperatingSpan(1, LONG_AGO, date(2026, 11, 16)), OperatingSpan(1, date(2026, 12, 1), None)]
    assert obligations_to_open(NOVEMBER_B, [CALL], [lead(1)], operating) == ([], [])


def test_an_enterprise_that_operates_without_a_lead_is_named() -> None:
    operating = [ALWAYS, OperatingSpan(2, LONG_AGO, None), OperatingSpan(3, LONG_AGO, date(2026, 11, 20))]
    spans = [lead(1), lead(2, enterprise=2)._replace(lead=False), lead(3, date(2026, 11, 20), enterprise=3)]
    found = obligations_to_open(NOVEMBER_B, [CALL], spans, operating)
    assert [each.enterprise for each in found.openings] == [1]
    assert found.without_lead == [2, 3]


def test_a_rule_that_ends_before_the_enterprise_opens_leaves_nobody_to_blame() -> None:
    ended = replace(CALL, valid_to=date(2026, 11, 18))
    operating = [OperatingSpan(1, date(2026, 11, 20), None)]
    assert obligations_to_open(NOVEMBER_B, [ended], [], operating) == ([], [])


def test_of_two_versions_of_a_rule_the_one_in_force_on_the_first_day_opens() -> None:
    change = date(2026, 11, 20)
    old, new = replace(CALL, valid_to=change), replace(CALL, valid_from=change, late_window_days=9)
    (found,) = obligations_to_open(NOVEMBER_B, [new, old], [lead(1)], [ALWAYS]).openings
    assert (found.start, found.miss) == (date(2026, 11, 16), date(2026, 12, 4))


def test_a_rule_that_comes_into_force_in_the_period_is_owed_from_that_day() -> None:
    (found,) = obligations_to_open(Period.parse("2020Q1"), [MEETING], [lead(1)], [ALWAYS]).openings
    assert found.start == date(2020, 3, 5)


def test_the_periods_to_open_are_all_cadences_that_contain_the_day() -> None:
    assert [p.key for p in periods_to_open(RULES, date(2026, 11, 24))] == ["2026", "2026Q4", "2026-11B"]


def test_a_scheduler_that_slept_over_the_end_of_a_period_opens_both() -> None:
    found = periods_to_open([CALL], date(2026, 12, 2), since=date(2026, 11, 14))
    assert [p.key for p in found] == ["2026-11A", "2026-11B", "2026-12A"]


def test_a_rule_not_in_force_opens_no_period() -> None:
    assert periods_to_open(RULES, date(2020, 3, 4)) == []
    assert [p.key for p in periods_to_open([DRILL], date(2020, 3, 5))] == ["2020"]


def test_a_year_of_an_enterprise_has_its_24_calls_and_4_quarters() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    opened = {
        each.key
        for day in days
        for period in periods_to_open([CALL, MEETING, TALK, DRILL], day)
        for each in obligations_to_open(period, RULES, [lead(1)], [ALWAYS]).openings
    }
    assert len(opened) == 24 + 2 * 4 + 1


@FEW
@given(
    st.lists(st.tuples(st.integers(-20, 30), st.integers(1, 40)), max_size=4), st.integers(-20, 30), st.integers(1, 60)
)
def test_who_opens_is_the_first_day_on_which_somebody_leads_an_operating_enterprise(
    leads: list[tuple[int, int]], opens: int, lasts: int
) -> None:
    def on(offset: int) -> date:
        return NOVEMBER_B.first + timedelta(days=offset)

    spans = [lead(i, on(start), on(start + length)) for i, (start, length) in enumerate(leads)]
    operating = OperatingSpan(1, on(opens), on(opens + lasts))
    days = [on(n) for n in range(NOVEMBER_B.days) if operating.start <= on(n) < (operating.end or on(99))]
    led = [day for day in days if any(s.start <= day < (s.end or day) for s in spans)]
    found = obligations_to_open(NOVEMBER_B, [CALL], spans, [operating])
    assert [each.start for each in found.openings] == led[:1]
    assert found.without_lead == ([1] if days and not led else [])
