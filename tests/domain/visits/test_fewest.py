"""The planner's number is the least there is: every small case is also solved by trying all sets of contacts."""

from datetime import date, timedelta

import pytest

from anwang.domain.visits.days import Days
from anwang.domain.visits.fewest import fewest
from anwang.domain.visits.needs import Calendar, Need, Why
from anwang.domain.visits.plan import Firm, plan
from anwang.domain.visits.route import Spot
from tests.domain.visits.brute import FIRST, agrees, allowed, chance_case, season


def limits(most):
    return {"stops_per_day": most, "calls_per_day": most, "near_km": 30}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 600, 50))
def test_no_plan_has_fewer_contacts_nor_leaves_out_fewer_needs(seed):
    for number in range(seed, seed + 50):
        needs, conditions, calendar = chance_case(number)
        answer, _room = fewest(needs, Days(conditions), calendar)
        assert agrees(needs, conditions, calendar, answer), number


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 3000, 500))
def test_the_days_chosen_keep_the_number_the_caps_and_every_need(seed):
    for number in range(seed, seed + 500):
        needs, conditions, calendar = chance_case(number)
        found = plan([Firm(7, Spot(1), needs, calendar)], Days(conditions), **limits(1))
        assert found.contacts == found.lower_bound
        kinds = {(need.key): need for need in needs}
        chosen = tuple(
            (c.form, bool(c.meets) and c.meets[0].alone, c.day) for c in (stop.contact for stop in found.stops)
        )
        assert allowed(chosen, conditions, calendar), number
        assert found.records + len(found.missed) == len(kinds)
        for stop in found.stops:
            contact = stop.contact
            assert len({need.rule for need in contact.meets}) == len(contact.meets)
            assert all(contact.form in need.forms for need in contact.meets)
            assert all(need.late or need.start <= contact.day <= need.due for need in contact.meets)


def quarter_needs():
    return [
        Need((rule,), rule, date(2026, 1, 29), date(2026, 2, 5), forms)
        for rule, forms in (("A", ("on_site", "film")), ("B", ("on_site",)), ("C", ("film", "on_site")))
    ]


def test_duties_of_the_same_time_share_one_visit():
    answer, _ = fewest(quarter_needs(), Days(season(8)), Calendar())
    assert answer.fewest == 1


def test_a_duty_that_may_not_be_bundled_has_its_own_contact():
    call = Need(("D",), "D", date(2026, 1, 29), date(2026, 2, 5), ("call",), alone=True)
    answer, _ = fewest([*quarter_needs(), call], Days(season(8)), Calendar())
    assert answer.fewest == 2


@pytest.mark.parametrize(
    ("quiet", "impossible", "taken", "why"),
    [
        (range(8), (), {}, Why.QUIET),
        ((), range(8), {}, Why.WISH),
        ((), (), {FIRST + timedelta(i): 1 for i in range(8)}, Why.CAP_DAY),
        ((), (), {date(2026, 1, 2): 2, date(2026, 2, 20): 2}, Why.CAP_MONTH),
    ],
)
def test_what_no_day_can_meet_is_named_with_its_reason(quiet, impossible, taken, why):
    on = lambda numbers: frozenset(FIRST + timedelta(i) for i in numbers)  # noqa: E731
    answer, _ = fewest(quarter_needs(), Days(season(8, quiet=on(quiet))), Calendar(on(impossible), taken))
    assert [(each.need.rule, each.why) for each in answer.missed] == [("A", why), ("B", why), ("C", why)]
    assert answer.fewest == 0


def test_what_is_due_before_it_can_be_announced_says_so():
    need = Need((1,), "A", FIRST, FIRST + timedelta(1), ("on_site",))
    answer, _ = fewest([need], Days(season(8, notice=2)), Calendar())
    assert [each.why for each in answer.missed] == [Why.NOTICE]


def test_calls_disturb_nobody_and_are_planned_on_quiet_days_where_there_are_no_others():
    quiet = frozenset(FIRST + timedelta(i) for i in range(8))
    call = Need(("D",), "D", FIRST, FIRST + timedelta(3), ("call",), alone=True)
    answer, _ = fewest([call], Days(season(8, quiet=quiet)), Calendar())
    assert (answer.fewest, answer.missed) == (1, ())


def test_a_late_duty_is_met_as_soon_as_a_visit_can_be_announced():
    late = Need(("A",), "A", date(2025, 10, 1), date(2025, 12, 31), ("on_site",), late=True)
    found = plan([Firm(1, Spot(1), [late])], Days(season(8, notice=1)), **limits(4))
    assert [stop.contact.day for stop in found.stops] == [FIRST + timedelta(1)]


def test_more_late_duties_of_a_rule_than_the_month_has_room_for_are_named_not_dropped():
    needs = [Need((i,), "A", date(2025, 1, 1), date(2025, 3, 31), ("on_site",), late=True) for i in range(3)]
    answer, _ = fewest(needs, Days(season(3, per_month=2)), Calendar())
    assert [each.why for each in answer.missed] == [Why.ROOM]
    assert answer.fewest == 2


def test_an_announced_visit_is_kept_and_takes_up_what_fits():
    kept = Calendar(kept={FIRST + timedelta(2): 1})
    found = plan([Firm(1, Spot(1), quarter_needs(), kept)], Days(season(8)), **limits(4))
    assert [(s.contact.day, s.contact.kept, len(s.contact.meets)) for s in found.stops] == [
        (FIRST + timedelta(2), True, 3)
    ]
