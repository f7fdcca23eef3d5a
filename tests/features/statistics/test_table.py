"""The leader's table: sums from the tally, rows behind every number, nobody sees the neighbour."""

import html
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.calendar import Period
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation
from anwang.features.statistics import queries
from anwang.features.statistics.queries.rows import STATES
from tests.cast import CITY, LANSHAN, LUOZHUANG, TOWNSHIP

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(bound, now):
    open_duties(by=bound.system, now=now - timedelta(days=30))
    open_duties(by=bound.system, now=now)
    return bound


def test_the_children_add_up_to_the_parent(opened, today):
    span = queries.span_of("2026Q4", today)
    city, county = (queries.unit_table(unit, span=span, today=today) for unit in (CITY, LANSHAN))
    line = next(line for line in city.lines if line.key == LANSHAN)
    assert (line.expected, line.overdue) == (county.total.expected, county.total.overdue)
    assert county.total.expected > 0


def test_the_persons_add_up_to_the_township(opened, today):
    span = queries.span_of("", today)
    people = queries.unit_table(TOWNSHIP, span=span, today=today)
    county = queries.unit_table(LANSHAN, span=span, today=today)
    line = next(line for line in county.lines if line.key == TOWNSHIP)
    assert people.people
    assert [getattr(people.total, part) for part in ("expected", "due", "overdue", "ahead")] == [
        getattr(line, part) for part in ("expected", "due", "overdue", "ahead")
    ]


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_number_opens_exactly_its_rows(opened, today, state):
    span = queries.span_of("2026Q4", today)
    total = queries.unit_table(LANSHAN, span=span, today=today).total
    rows = queries.obligation_rows(opened.county_leader.actor, queries.RowFilter(LANSHAN, span, state), today=today)
    assert rows.count() == getattr(total, state)


def test_a_period_of_another_year_is_empty_and_says_so(opened, today, as_client):
    assert queries.unit_table(LANSHAN, span=queries.span_of("2020", today), today=today).total.expected == 0


def test_the_neighbour_cannot_open_the_table(opened, as_client):
    assert as_client("stranger").get(f"/table/?unit={LANSHAN}").status_code == 404
    assert as_client("stranger").get(f"/table/rows/?unit={LANSHAN}").status_code == 404
    assert as_client("stranger").get(f"/table/?unit={LUOZHUANG}").status_code == 200


@pytest.mark.parametrize("who", ["village_cadre", "principal"])
def test_who_leads_nothing_has_no_table(opened, as_client, who):
    assert as_client(who).get("/table/").status_code == 404


@pytest.mark.parametrize(
    ("query", "code"), [("period=2026-11A", "bad_period"), ("period=x", "bad_period"), ("rule=N9", "bad_rule")]
)
def test_an_unknown_choice_is_refused_with_its_code(opened, as_client, query, code):
    answer = as_client("county_leader").get(f"/table/?{query}", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_the_table_costs_the_same_few_queries(opened, as_client, django_assert_max_num_queries):
    browser = as_client("city_office")
    with django_assert_max_num_queries(12):
        assert browser.get("/table/").status_code == 200
    with django_assert_max_num_queries(12):
        assert browser.get(f"/table/rows/?unit={CITY}").status_code == 200


@pytest.mark.slow
@given(year=st.integers(2020, 2030), quarter=st.integers(1, 4))
def test_the_quarters_of_a_year_share_no_period(year, quarter):
    from anwang.features.duties.queries.ranges import periods_ending

    keys = [set(periods_ending(f"{year}-{q * 3 - 2:02d}", f"{year}-{q * 3:02d}")) for q in range(1, 5)]
    assert sum(map(len, keys)) == len(set.union(*keys))
    assert all(Period.parse(key).year == year for key in keys[quarter - 1])


def test_the_table_follows_an_act_at_once(opened, today, now):
    row = Obligation.objects.filter(county=371302).first()
    span = queries.span_of("2026", today)
    before = queries.unit_table(LANSHAN, span=span, today=today).total
    from anwang.features.duties.actions import waive

    waive(by=opened.county_leader.actor, now=now, obligation_id=row.id, reason="停产")
    after = queries.unit_table(LANSHAN, span=span, today=today).total
    assert (after.expected, after.waived) == (before.expected - 1, before.waived + 1)


@pytest.mark.slow
@pytest.mark.parametrize("unit", [CITY, LANSHAN, TOWNSHIP])
def test_every_number_of_the_page_opens_that_many_rows(opened, as_client, unit):
    browser = as_client("city_office")
    text = browser.get(f"/table/?unit={unit}&period=2026Q4").content.decode()
    links = re.findall(r'<td class="num"><a href="([^"]+)">([\d,]+)</a>', text)
    assert any("person=" not in link and f"unit={unit}" in link for link, _number in links)
    for link, number in links:
        page = browser.get(html.unescape(link)).content.decode()
        assert f"共 <b>{number}</b> 项" in page, link
