"""四.4: remote work under a health measure counts; what happened is recorded, and told when it disturbs."""

from datetime import date, timedelta

import pytest

from anwang.domain.duties.disturbance import SiteVisit, disturbances, visit_days
from anwang.domain.duties.rules import Form
from anwang.features.assignments.models import Assignment
from anwang.features.audit.models import AuditEvent
from anwang.features.duties import queries
from anwang.features.duties.actions import Received, record_contact, record_many
from anwang.features.duties.models import Fulfilment, Obligation
from anwang.features.grid import actions as grid
from anwang.features.grid.models import HealthMeasure
from tests.cast import LANSHAN, LUOZHUANG
from tests.features.duties.records import contact_of, entries_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db
ON_SITE_RULES = ["N7.3", "N7.4", "N7.5"]
DAY = timedelta(days=1)


@pytest.fixture
def measured(opened, now, today):
    """The county leader turns visits in 兰山区 into remote ones for a week from today."""
    grid.order_remote(
        by=opened.county_leader.actor, now=now, unit=LANSHAN, first=today, end=today + 7 * DAY, reason="疫情防控"
    )
    return opened


def test_a_video_meets_on_site_duties_while_a_measure_holds_and_the_record_says_so(measured, now, today):
    data = contact_of(measured, today, form=Form.VIDEO, entries=entries_of(measured, today, ON_SITE_RULES))
    recorded = record_contact(by=measured.village_cadre.actor, now=now, data=data)
    assert recorded.counted == 3
    assert {row.answers["remote_under"] for row in Fulfilment.objects.all()} == {str(HealthMeasure.objects.get().id)}
    assert queries.measure_of(recorded.contact) == "疫情防控"
    assert [outcome.remote for outcome in queries.outcomes_of(recorded.contact)] == [True] * 3


def test_the_day_before_the_measure_a_video_is_no_visit(measured, now, today):
    yesterday = today - DAY
    data = contact_of(measured, yesterday, form=Form.VIDEO, entries=entries_of(measured, today, ON_SITE_RULES))
    assert record_contact(by=measured.village_cadre.actor, now=now, data=data).counted == 0


def test_a_measure_next_door_changes_nothing_here(opened, now, today):
    grid.order_remote(
        by=opened.stranger.actor, now=now, unit=LUOZHUANG, first=today, end=today + 7 * DAY, reason="疫情防控"
    )
    data = contact_of(opened, today, form=Form.VIDEO, entries=entries_of(opened, today, ON_SITE_RULES))
    assert record_contact(by=opened.village_cadre.actor, now=now, data=data).counted == 0


def test_a_visit_under_a_measure_is_still_a_visit(measured, now, today):
    data = contact_of(measured, today, form=Form.ON_SITE, entries=entries_of(measured, today, ON_SITE_RULES))
    recorded = record_contact(by=measured.village_cadre.actor, now=now, data=data)
    assert recorded.counted == 3
    assert queries.measure_of(recorded.contact) == ""


def test_nobody_brings_a_measure_along_with_a_record(opened, now, today):
    entries = entries_of(opened, today, ON_SITE_RULES, remote_under="1")
    data = contact_of(opened, today, form=Form.VIDEO, entries=entries)
    assert record_contact(by=opened.village_cadre.actor, now=now, data=data).counted == 0
    assert not any("remote_under" in row.answers for row in Fulfilment.objects.all())


def test_records_by_the_heap_are_judged_alike(measured, now, today):
    data = contact_of(measured, today, form=Form.CALL, entries=entries_of(measured, today, ON_SITE_RULES))
    assert record_many(by=measured.system, now=now, records=[Received(data, now)])["counted"] == 3
    assert all(row.answers["remote_under"] for row in Fulfilment.objects.all())


@pytest.mark.slow
def test_the_contact_page_offers_on_site_duties_to_a_call_and_gives_the_reason(measured, freeze):
    page = measured.sign_in("village_cadre").get(f"/contacts/new/?enterprise={measured.enterprise.id}&form=video")
    text = page.content.decode()
    assert "实行远程督导：疫情防控" in text
    offered = {option.rule.code for option in page.context["desk"].options}
    assert set(ON_SITE_RULES) <= offered


def test_ending_a_measure_keeps_what_was_recorded_and_happens_once(measured, now, today):
    data = contact_of(measured, today, form=Form.CALL, entries=entries_of(measured, today, ["N7.3"]))
    record_contact(by=measured.village_cadre.actor, now=now, data=data)
    row, leader = HealthMeasure.objects.get(), measured.county_leader.actor
    grid.end_remote(by=leader, now=now, measure_id=row.id, on=today, reason="风险解除")
    with refused("measure_end"):
        grid.end_remote(by=leader, now=now, measure_id=row.id, on=today, reason="再来一次")
    assert Obligation.objects.get(enterprise=measured.enterprise, rule="N7.3").done_at == now
    assert list(AuditEvent.objects.filter(action__startswith="measure.").values_list("action", flat=True)) == [
        "measure.order", "measure.end",
    ]  # fmt: skip


def test_of_two_who_end_a_measure_at_once_the_second_is_told(measured, now, today, monkeypatch):
    row, leader = HealthMeasure.objects.get(), measured.county_leader.actor
    stale = HealthMeasure.objects.get()
    grid.end_remote(by=leader, now=now, measure_id=row.id, on=today + DAY, reason="风险解除")
    monkeypatch.setattr(
        "anwang.features.grid.actions.measures.HealthMeasure.objects.filter", _first_reads(stale), raising=True
    )
    with refused("already_ended"):
        grid.end_remote(by=leader, now=now, measure_id=row.id, on=today + 2 * DAY, reason="迟了")


def _first_reads(stale):
    """The first look finds the row as it was; what follows is the database."""
    real, seen = HealthMeasure.objects.filter, []

    class _Stale:
        def first(self):
            return stale

    def look(*args, **kwargs):
        seen.append(kwargs)
        return _Stale() if len(seen) == 1 else real(*args, **kwargs)

    return look


@pytest.mark.parametrize("who", ["village_cadre", "stranger", "principal"])
def test_only_leaders_and_offices_of_the_place_order_remote_work(opened, now, today, who):
    with refused("not_your_unit"):
        grid.order_remote(
            by=getattr(opened, who).actor, now=now, unit=LANSHAN, first=today, end=today + DAY, reason="疫情防控"
        )


# -- not to disturb

PLAIN = {"per_day": 1, "per_month": 2, "quiet": False}


def codes(visits, day, **more):
    return [reason.code for reason in disturbances(visits, day, **{**PLAIN, **more})]


def test_two_who_come_together_are_one_visit_and_the_third_day_of_a_month_is_too_many():
    days = [date(2026, 11, n) for n in (3, 3, 12, 24)]
    visits = [SiteVisit(day, n) for n, day in enumerate(days)]
    assert visit_days(visits, days[0]) == 3
    assert codes(visits, days[3]) == ["visit.month"]
    assert codes(visits[:3], days[2]) == []
    assert codes(visits[:2], days[0]) == ["visit.day"]


def test_another_month_is_counted_for_itself():
    visits = [SiteVisit(date(2026, 10, 30), 1), SiteVisit(date(2026, 10, 31), 1), SiteVisit(date(2026, 11, 1), 1)]
    assert codes(visits, date(2026, 11, 1)) == []
    assert codes(visits, date(2026, 11, 1), quiet=True) == ["visit.quiet"]


@pytest.mark.slow
def test_the_third_visit_of_the_month_is_recorded_and_told_to_the_person_and_the_leader(opened, now, today, freeze):
    Assignment.objects.create(
        enterprise=opened.enterprise, person=opened.township_officer.person, post=opened.township_officer.post,
        part="assist", level="township", county=opened.enterprise.county, township=opened.enterprise.township,
        valid_from=date(2026, 10, 1), recorded_at=now,
    )  # fmt: skip
    for who, back in (("village_cadre", 4), ("township_officer", 5), ("village_cadre", 6)):
        person = getattr(opened, who)
        data = contact_of(opened, today - back * DAY, form=Form.ON_SITE, person=person.person.id, note="看望")
        row = record_contact(by=person.actor, now=now, data=data).contact
    for who in ("village_cadre", "county_leader"):
        page = opened.sign_in(who).get(f"/contacts/{row.id}/").content.decode()
        assert "本月已有 3 次现场督导，超过 2 次上限" in page
    assert "超过 2 次上限" not in opened.sign_in("principal").get(f"/contacts/{row.id}/").content.decode()
    often = queries.visited_too_often(by=opened.county_leader.actor, first=date(2026, 11, 1), last=today, cap=2)
    assert [(line["enterprise_id"], line["days"], line["people"]) for line in often] == [(opened.enterprise.id, 3, 2)]
    elsewhere = queries.visited_too_often(by=opened.stranger.actor, first=date(2026, 11, 1), last=today, cap=2)
    assert list(elsewhere) == []
