"""What a leader can act on today: at most three, each number the number of rows that its address opens."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from anwang.domain.base import SYSTEM, Level
from anwang.features.assignments.models import Assignment, Commitment
from anwang.features.documents.actions import Issue, issue
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation, Tally
from anwang.features.statistics import queries
from tests.cast import LANSHAN, TOWNSHIP

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(bound, now):
    open_duties(by=bound.system, now=now - timedelta(days=30))
    open_duties(by=bound.system, now=now)
    return bound


def found(cast, who, today):
    actor = getattr(cast, who).actor
    table = queries.unit_table(actor.unit, span=queries.span_of("", today), today=today)
    return queries.exceptions(actor, table, today=today)


def rows_behind(cast, who, each, today):
    """How many rows the page of an exception lists."""
    asked = {key: value[0] for key, value in parse_qs(urlsplit(each.url).query).items()}
    choice = queries.RowFilter(
        int(asked["unit"]), queries.span_of(asked["period"], today, halves=True), asked.get("state", "expected"),
        person=int(asked["person"]) if "person" in asked else None, level=asked.get("level", ""),
    )  # fmt: skip
    return queries.obligation_rows(getattr(cast, who).actor, choice, today=today).count()


def letter(assignment, now):
    document = issue(by=SYSTEM, now=now, kind="commitment", pattern="示例承〔{year}〕{number}号",
                     rows=[Issue(f"assignment:{assignment.id}", "承诺书", LANSHAN)])[0]  # fmt: skip
    return Commitment.objects.create(assignment=assignment, document=document, created_at=now)


@pytest.mark.parametrize("who", ["city_office", "county_leader", "township_officer"])
def test_the_most_overdue_is_named_with_its_rows(opened, today, who):
    each = next(each for each in found(opened, who, today) if each.code == "overdue")
    assert each.number == rows_behind(opened, who, each, today) > 0
    assert str(each.number) in str(each.reason)


def test_what_nobody_leads_comes_first(opened, today):
    Assignment.objects.filter(enterprise=opened.enterprise).delete()
    first = found(opened, "county_leader", today)[0]
    assert (first.code, first.number, first.unit) == ("uncovered", 1, LANSHAN)
    assert "uncovered" not in {each.code for each in found(opened, "stranger", today)}


def test_a_unit_that_did_nothing_in_the_half_month_is_named_after_a_week(opened, today):
    Obligation.objects.update(due=today + timedelta(days=1))
    Tally.objects.update(due=today + timedelta(days=1))
    silent = [each for each in found(opened, "county_leader", today) if each.code == "silent"]
    assert [each.unit for each in silent] == [TOWNSHIP]
    assert silent[0].number == rows_behind(opened, "county_leader", silent[0], today) > 0
    early = date(2026, 11, 20)
    assert "silent" not in {each.code for each in found(opened, "county_leader", early)}


def test_unsigned_letters_count_once_the_day_of_the_notice_has_passed(opened, now, today, as_client):
    letter(Assignment.objects.get(enterprise=opened.enterprise), now)
    each = next(each for each in found(opened, "county_leader", today) if each.code == "unsigned")
    assert each.number == 1
    assert "2026-03-31" in str(each.reason)
    assert as_client("county_leader").get(each.url).status_code == 200
    assert "unsigned" not in {each.code for each in found(opened, "county_leader", date(2026, 3, 31))}


def test_there_are_at_most_three_and_they_are_the_same_every_time(opened, now, today):
    letter(Assignment.objects.get(enterprise=opened.enterprise), now)
    for who in ("city_office", "county_leader", "township_officer"):
        once, twice = found(opened, who, today), found(opened, who, today)
        assert once == twice
        assert 0 < len(once) <= 3


@pytest.mark.slow
@pytest.mark.parametrize("who", ["city_office", "county_leader", "township_officer"])
def test_every_exception_opens_its_page(opened, today, as_client, who):
    browser = as_client(who)
    for each in found(opened, who, timezone.localdate()):
        assert browser.get(each.url).status_code == 200


def test_nothing_is_wrong_where_nothing_is_owed(cast, today):
    Assignment.objects.all().delete()
    cast.enterprise.status = cast.elsewhere.status = "closed"
    cast.enterprise.save()
    cast.elsewhere.save()
    assert found(cast, "city_office", today) == []


def test_a_person_with_two_levels_has_a_line_for_each_with_its_own_rows(opened, now, today):
    row = Obligation.objects.filter(township=TOWNSHIP // 1000).first()
    Obligation.objects.filter(id=row.id).update(level=Level.TOWNSHIP)
    span = queries.span_of("2026Q4", today)
    table = queries.unit_table(TOWNSHIP, span=span, today=today)
    lines = [line for line in table.lines if line.key == row.person_id]
    assert {line.level for line in lines} == {"township", "village"}
    for line in lines:
        choice = queries.RowFilter(TOWNSHIP, span, "expected", person=line.key, level=line.level)
        assert queries.obligation_rows(opened.county_leader.actor, choice, today=today).count() == line.expected
