"""A person's plan: 28 contacts for 39 records, near enterprises on one day, never a contact more for it."""

from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest

from anwang.domain.calendar import PeriodKind, periods_between
from anwang.domain.visits.days import Days
from anwang.domain.visits.needs import Calendar, Need, Season
from anwang.domain.visits.plan import Firm, plan
from anwang.domain.visits.route import Spot, distance, length, order

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
WEEKENDS = frozenset(
    day for i in range(365) if (day := date(2027, 1, 1) + timedelta(i)).isoweekday() > 5
)  # fmt: skip
RULES = [
    ("N7.2", PeriodKind.HALF_MONTH, ("call", "video"), True),
    ("N7.3", PeriodKind.QUARTER, ("on_site", "meeting"), False),
    ("N7.4", PeriodKind.QUARTER, ("on_site", "meeting", "film"), False),
    ("N7.5", PeriodKind.QUARTER, ("on_site",), False),
    ("N7.6", PeriodKind.HALF_YEAR, ("on_site", "meeting"), False),
    ("N7.7", PeriodKind.YEAR, ("on_site",), False),
]


def days(quiet=WEEKENDS):
    return Days(Season(*YEAR, YEAR[0], quiet, frozenset({"call", "video"}), "on_site", 1, 2))


def year_of_needs():
    return [
        Need((rule, period.key), rule, period.first, period.last, forms, alone)
        for rule, kind, forms, alone in RULES
        for period in periods_between(kind, YEAR[0], YEAR[1] + timedelta(1))
    ]


def planned(firms, **limits):
    return plan(firms, days(), **{"stops_per_day": 4, "calls_per_day": 12, "near_km": 30, **limits})


def visits(found):
    return [stop for stop in found.stops if stop.contact.form == "on_site"]


def test_a_year_of_the_eight_rules_is_39_records_in_28_contacts():
    found = planned([Firm(1, Spot(371302101201), year_of_needs())])
    assert (found.records, found.contacts, found.lower_bound, found.missed) == (39, 28, 28, ())
    assert [len(stop.contact.meets) for stop in visits(found)] == [5, 3, 4, 3]


def test_nothing_is_on_a_weekend():
    found = planned([Firm(1, Spot(371302101201), year_of_needs())])
    assert not {stop.contact.day for stop in found.stops} & WEEKENDS


def test_near_enterprises_share_the_days_and_far_ones_do_not():
    near = [Firm(n, Spot(371302101200 + n), year_of_needs()) for n in range(1, 5)]
    far = Firm(9, Spot(371311001001), year_of_needs())
    found = planned([*near, far])
    assert found.contacts == found.lower_bound == 5 * 28
    assert len({stop.contact.day for stop in visits(found) if stop.firm != 9}) == 4
    assert len({stop.contact.day for stop in visits(found)}) == 8


def test_a_day_holds_no_more_stops_than_it_may():
    found = planned([Firm(n, Spot(371302101200 + n), year_of_needs()) for n in range(1, 8)], stops_per_day=3)
    by_day = {}
    for stop in visits(found):
        by_day.setdefault(stop.contact.day, []).append(stop.firm)
    assert max(map(len, by_day.values())) == 3


def test_all_calls_of_a_half_month_are_on_one_day():
    found = planned([Firm(n, Spot(371302101200 + n), year_of_needs()) for n in range(1, 8)])
    calls = {stop.contact.day for stop in found.stops if stop.contact.form == "call"}
    assert len(calls) == 24
    assert not calls & {stop.contact.day for stop in visits(found)}


def test_a_day_that_the_principal_wished_for_is_taken():
    wished = date(2027, 3, 3)
    found = planned([Firm(1, Spot(1), year_of_needs(), Calendar(wished=frozenset({wished})))])
    assert visits(found)[0].contact.day == wished


def test_the_same_facts_give_the_same_plan():
    firms = [Firm(n, Spot(371302101200 + n), year_of_needs()) for n in range(1, 6)]
    assert planned(firms) == planned(firms[::-1])


def test_stops_are_in_the_order_of_the_shortest_way():
    dice = Random(3)
    for _ in range(30):
        spots = [Spot(1, (118 + dice.random() / 5, 35 + dice.random() / 5)) for _ in range(5)]
        km = [[distance(a, b) for b in spots] for a in spots]
        best = min(length(way, km) for way in permutations(range(5)))
        assert length(order(spots), km) <= best * 1.1


def test_without_coordinates_stops_are_in_the_order_of_their_places():
    assert order([Spot(3), Spot(1, (118.0, 35.0)), Spot(2)]) == [1, 2, 0]


@pytest.mark.parametrize(
    ("there", "km"), [(371302101201, 1.0), (371302101202, 6.0), (371302102201, 25.0), (371311001001, 60.0)]
)
def test_places_with_the_same_beginning_of_their_code_are_near(there, km):
    assert distance(Spot(371302101201), Spot(there)) == km
