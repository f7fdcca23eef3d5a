"""When a visit may be announced, and which visits are proposed to be one (四.4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from anwang.domain.visits.announcing import Merge, Open, Terms, may_visit, merges

TODAY = date(2026, 11, 24)
FREE = Terms("四.4", 1, 2, 1, 3, quiet=False, impossible=False, on_day=0, in_month=0)


def codes(decision):
    return [reason.code for reason in decision.reasons]


def test_a_free_day_with_notice_may_be_announced():
    assert may_visit(TODAY + timedelta(1), TODAY, FREE, party=3)


@pytest.mark.parametrize(
    ("day", "terms", "party", "code"),
    [
        (TODAY - timedelta(1), FREE, 1, "visits.past"),
        (TODAY, FREE, 1, "visits.notice"),
        (TODAY + timedelta(1), replace(FREE, quiet=True), 1, "visits.quiet"),
        (TODAY + timedelta(1), replace(FREE, impossible=True), 1, "visits.wish"),
        (TODAY + timedelta(1), replace(FREE, on_day=1), 1, "visits.cap_day"),
        (TODAY + timedelta(1), replace(FREE, in_month=2), 1, "visits.cap_month"),
        (TODAY + timedelta(1), FREE, 4, "visits.party"),
    ],
)
def test_each_limit_refuses_by_its_name(day, terms, party, code):
    assert codes(may_visit(day, TODAY, terms, party=party)) == [code]


def test_all_reasons_are_given_at_once():
    terms = replace(FREE, quiet=True, on_day=1)
    assert codes(may_visit(TODAY, TODAY, terms, party=9)) == [
        "visits.notice", "visits.quiet", "visits.cap_day", "visits.party",
    ]  # fmt: skip


def test_what_the_enterprise_knows_already_needs_no_notice_again():
    assert may_visit(TODAY, TODAY, FREE, party=1, noticed=True)


def visit(number, person, after, party=1, weight=0, enterprise=1):
    return Open(number, enterprise, person, TODAY + timedelta(after), party, weight)


def test_visits_of_two_supervisors_within_the_span_are_proposed_as_one():
    found = merges([visit(1, 10, 0), visit(2, 20, 7)], within_days=7, party_size=3)
    assert found == [Merge(1, 1, TODAY, (2,))]
    assert found[0].saves == 1


def test_a_day_more_and_they_stay_two():
    assert merges([visit(1, 10, 0), visit(2, 20, 8)], within_days=7, party_size=3) == []


def test_the_same_persons_visits_and_other_enterprises_are_no_merge():
    visits = [visit(1, 10, 0), visit(2, 10, 1), visit(3, 20, 1, enterprise=2)]
    assert merges(visits, within_days=7, party_size=3) == []


def test_the_announced_day_stays_and_too_many_do_not_come_together():
    visits = [visit(1, 10, 0, party=2), visit(2, 20, 1, party=2), visit(3, 30, 2, weight=2)]
    assert merges(visits, within_days=7, party_size=3) == [Merge(1, 3, TODAY + timedelta(2), (1,))]
