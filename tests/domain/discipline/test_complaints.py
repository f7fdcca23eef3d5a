"""四.4: a complaint is handled strictly above whoever it is about."""

import pytest

from anwang.domain.discipline.complaints import (
    TRANSITIONS,
    WAITING,
    Handler,
    Member,
    State,
    Subject,
    handler_of,
    may_become,
    raised_to,
)

CITY, COUNTY, TOWN, VILLAGE = 371300000000, 371302000000, 371302101000, 371302101201
CADRE = Subject(1, 3, VILLAGE, (TOWN, COUNTY, CITY))
OFFICER = Subject(2, 2, TOWN, (COUNTY, CITY))
COUNTY_LEADER = Subject(3, 1, COUNTY, (CITY,), leads=1)
CLERK = Subject(4, 0, CITY, ())
DEPUTY = Subject(5, 0, CITY, (), leads=2)
FIRST, SECOND, OFFICE = Member(6, CITY, 1), Member(5, CITY, 2), Member(4, CITY, None)
EVERYBODY = [Member(2, TOWN, None), Member(3, COUNTY, 1), FIRST, SECOND, OFFICE, Member(9, VILLAGE, 1)]


@pytest.mark.parametrize(
    ("subjects", "handler"),
    [
        ([CADRE], Handler(TOWN)),
        ([OFFICER], Handler(COUNTY)),
        ([COUNTY_LEADER], Handler(CITY)),
        ([CADRE, OFFICER], Handler(COUNTY)),
        ([CADRE, COUNTY_LEADER], Handler(CITY)),
        ([CLERK], Handler(CITY)),
        ([DEPUTY], Handler(CITY, 2)),
        ([DEPUTY, CADRE], Handler(CITY, 2)),
    ],
)
def test_a_complaint_goes_above_the_highest_of_those_it_is_about(subjects, handler):
    assert handler_of(subjects, EVERYBODY) == handler


def test_a_cadre_who_also_serves_in_the_county_is_complained_of_to_the_city():
    assert handler_of([CADRE, Subject(1, 1, COUNTY, (CITY,))], EVERYBODY) == Handler(CITY)


def test_a_desk_at_which_only_those_complained_of_sit_is_passed_over():
    only = [Member(1, TOWN, 1), Member(3, COUNTY, 1)]
    assert handler_of([CADRE], only) == Handler(COUNTY)


def test_an_empty_desk_is_passed_over():
    assert handler_of([CADRE], [FIRST]) == Handler(CITY)


def test_the_first_leader_of_the_city_has_nobody_above_and_the_complaint_waits():
    assert handler_of([Subject(6, 0, CITY, (), leads=1)], EVERYBODY) == Handler(CITY, 1, staffed=False)


def test_the_only_clerk_of_the_city_has_nobody_beside_and_the_complaint_waits():
    assert handler_of([CLERK], [OFFICE]) == Handler(CITY, None, staffed=False)


def test_not_content_goes_up_level_by_level_and_in_the_city_to_its_first_leaders():
    assert raised_to(Handler(TOWN), (COUNTY, CITY), {1, 2}, EVERYBODY) == Handler(COUNTY)
    assert raised_to(Handler(COUNTY), (CITY,), {1, 3}, EVERYBODY) == Handler(CITY)
    assert raised_to(Handler(CITY), (), {1, 4}, EVERYBODY) == Handler(CITY, 2)
    assert raised_to(Handler(CITY, 2), (), {1, 6}, EVERYBODY) is None


def test_whoever_answered_does_not_review_the_answer():
    assert raised_to(Handler(CITY), (), {1, 6}, EVERYBODY) is None
    assert raised_to(Handler(TOWN), (COUNTY, CITY), {1, 3}, EVERYBODY) == Handler(CITY)


def test_every_state_has_its_ways_and_not_content_is_said_once():
    assert set(TRANSITIONS) == set(State)
    assert [state for state, to in TRANSITIONS.items() if State.RAISED in to] == [State.ANSWERED]
    assert {state for state in State if {State.ANSWERED, State.FINAL} & TRANSITIONS[state]} == WAITING
    assert may_become(State.SETTLED, State.RAISED).reasons[0].code == "complaint_state"
