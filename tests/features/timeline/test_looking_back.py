"""A scripted year: at each date the answer is right, late entries do not change what was known, a void erases nothing.

The story of the cast's enterprise: registered on 2026-01-10; the cadre leads it from 2026-02-01 to 2026-06-01, then the
officer; a call on 10 March recorded at once; a call on 20 March recorded on 5 April; a call on 12 April taken back in
May; larger risk from 2026-05-01.
"""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from anwang.features.assignments.models import Assignment
from anwang.features.duties.actions import ContactData, Entry, open_duties, record_contact, unwaive, void_contact, waive
from anwang.features.duties.models import Obligation
from anwang.features.enterprises.models import GradeFact, PlaceFact, StatusFact
from anwang.features.timeline import queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CALL = {"reached": "yes", "with_whom": "principal", "problems_raised": "no"}


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def story(cast, monkeypatch):
    firm, cadre, officer = cast.enterprise, cast.village_cadre, cast.township_officer
    for model in (StatusFact, PlaceFact, GradeFact):
        model.objects.filter(enterprise=firm).update(recorded_at=at(1, 10), valid_from=date(2026, 1, 10))
    place = {"county": firm.county, "township": firm.township}
    lead = Assignment.objects.create(
        enterprise=firm, person=cadre.person, post=cadre.post, level="village", valid_from=date(2026, 2, 1),
        recorded_at=at(1, 28), **place,
    )  # fmt: skip
    for month in range(2, 6):
        for day in (1, 16):
            open_duties(by=cast.system, now=at(month, day))
    cast.calls = {}
    for name, day, arrived in (("prompt", (3, 10), (3, 10)), ("late", (3, 20), (4, 5)), ("void", (4, 12), (4, 12))):
        cast.calls[name] = call(cast, cadre, date(2026, *day), at(*arrived))
    void_contact(by=cadre.actor, now=at(5, 6), contact_id=cast.calls["void"].id, reason="记错企业")
    GradeFact.objects.filter(enterprise=firm).update(valid_to=date(2026, 5, 1))
    GradeFact.objects.create(
        enterprise=firm, grade="larger", computed="larger", valid_from=date(2026, 5, 1), recorded_at=at(5, 1)
    )
    Assignment.objects.filter(id=lead.id).update(valid_to=date(2026, 6, 1), ended_at=at(6, 3), end_reason="退休")
    Assignment.objects.create(
        enterprise=firm, person=officer.person, post=officer.post, level="township", valid_from=date(2026, 6, 1),
        recorded_at=at(6, 3), **place,
    )  # fmt: skip
    return cast


def call(cast, who, day, arrived):
    period = f"{day:%Y-%m}{'A' if day.day < 16 else 'B'}"
    duty = Obligation.objects.get(enterprise=cast.enterprise, rule="N7.2", period=period)
    data = ContactData(
        uuid4(), cast.enterprise.id, who.person.id, "call", day, (Entry("N7.2", duty.id, answers(duty)),),
        captured_at=arrived, late_reason="出差",
    )  # fmt: skip
    return record_contact(by=who.actor, now=arrived, data=data).contact


def answers(duty):
    from anwang.features.policies import queries as policies

    rule = policies.current().duty_rule(duty.rule, duty.start)
    given = {}
    for each in rule.answers:
        if each.must_be is not None:
            given[each.code] = each.must_be
        elif each.required:
            given[each.code] = {"choice": each.choices[0][0] if each.choices else "", "yes_no": "no"}.get(
                each.kind.value, "说明"
            )
    return given


def look(story, day, *, then):
    found = queries.read_enterprise(story.enterprise.id, day, by=story.county_leader.actor)
    return queries.enterprise_day(found, day, then=then)


def calls_of(seen):
    return {duty.name: duty for duty in seen.duties if "联系" in duty.name or "电话" in duty.name}


@pytest.mark.parametrize(
    ("day", "then", "now"),
    [
        (date(2026, 1, 15), [], []),
        (date(2026, 2, 1), ["示例村主任"], ["示例村主任"]),
        (date(2026, 5, 31), ["示例村主任"], ["示例村主任"]),
        # The end of May was recorded on 3 June only: on the two days between nobody knew it.
        (date(2026, 6, 1), ["示例村主任"], ["示例镇员"]),
        (date(2026, 6, 3), ["示例镇员"], ["示例镇员"]),
    ],
)
def test_who_was_responsible(story, day, then, now):
    assert [each.bond.name for each in look(story, day, then=True).held] == then
    assert [each.bond.name for each in look(story, day, then=False).held] == now


@pytest.mark.parametrize(
    ("day", "grade"), [(date(2026, 1, 9), ""), (date(2026, 4, 30), "general"), (date(2026, 5, 1), "larger")]
)
def test_which_grade_it_had(story, day, grade):
    assert look(story, day, then=False).grade == grade


def duty_of(story, period):
    return Obligation.objects.get(enterprise=story.enterprise, rule="N7.2", period=period).id


def state(story, day, period, *, then):
    seen = look(story, day, then=then)
    return next((duty for duty in seen.duties if duty.id == duty_of(story, period)), None)


def test_a_prompt_record_is_known_at_once(story):
    for then in (True, False):
        assert state(story, date(2026, 3, 9), "2026-03A", then=then).done is None
        assert state(story, date(2026, 3, 10), "2026-03A", then=then).done == date(2026, 3, 10)


def test_a_late_entry_does_not_change_what_was_known(story):
    day = date(2026, 3, 25)
    assert state(story, day, "2026-03B", then=True).done is None
    found = state(story, day, "2026-03B", then=False)
    assert (found.done, found.late_known) == (date(2026, 3, 20), True)


def test_a_void_erases_nothing(story):
    day = date(2026, 4, 20)
    assert state(story, date(2026, 4, 13), "2026-04A", then=True).done == date(2026, 4, 12)
    assert state(story, day, "2026-04A", then=False).done is None
    url = reverse("contact_detail", args=[story.calls["void"].id])
    seen = [event for event in look(story, day, then=False).events if event.url == url]
    assert [(event.void(day, then=False), event.why) for event in seen] == [(False, ""), (True, "记错企业")]
    known = [event for event in look(story, day, then=True).events if event.url == url]
    assert [event.void(day, then=True) for event in known] == [False]


def test_what_was_missed_is_an_event_of_the_day_on_which_it_was(story):
    missed = Obligation.objects.get(id=duty_of(story, "2026-04B"))
    for then in (True, False):
        before = look(story, missed.due, then=then).events
        after = look(story, missed.miss, then=then).events
        assert not any(event.tone == "red" and f"/{missed.id}/" in event.url for event in before)
        assert any(event.tone == "red" and f"/{missed.id}/" in event.url for event in after)


def test_a_waiver_that_was_taken_back_is_remembered(story):
    key = duty_of(story, "2026-05A")
    waive(by=story.county_leader.actor, now=at(5, 10), obligation_id=key, reason="停产检修")
    unwaive(by=story.county_leader.actor, now=at(5, 12), obligation_id=key)
    assert state(story, date(2026, 5, 11), "2026-05A", then=False).reason == "停产检修"
    assert state(story, date(2026, 5, 13), "2026-05A", then=False).reason == ""


def test_nothing_was_known_before_anything_was_recorded(story):
    day = date(2026, 1, 9)
    found = queries.read_enterprise(story.enterprise.id, day, by=story.county_leader.actor)
    assert queries.unknown_then(found, day)
    assert not queries.unknown_then(found, date(2026, 1, 10))


def test_the_line_of_command_of_the_day_is_shown(story, client):
    seen = look(story, date(2026, 6, 5), then=False)
    assert [rung.name for rung in seen.rungs][:3] == ["白沙埠村委会", "白沙埠镇", "兰山区"]
    assert [fact.name for fact in seen.rungs[2].leaders] == ["示例县长"]


def test_a_persons_duties_are_those_of_the_day(story, now):
    found = queries.read_person(story.village_cadre.person.id, date(2026, 3, 12), by=story.village_cadre.actor)
    seen = queries.person_day(found, date(2026, 3, 12), then=True)
    assert {each.bond.enterprise for each in seen.held} == {story.enterprise.id}
    assert duty_of(story, "2026-03A") in {duty.id for duty in seen.duties}
    later = queries.read_person(story.village_cadre.person.id, date(2026, 6, 10), by=story.village_cadre.actor)
    assert queries.person_day(later, date(2026, 6, 10), then=False).held == []


class TestPages:
    @pytest.mark.parametrize("known", ["", "then"])
    def test_the_enterprise_page_in_twelve_queries(self, story, known, django_assert_max_num_queries):
        browser = story.sign_in("county_leader")
        address = reverse("enterprise_timeline", args=[story.enterprise.id])
        with django_assert_max_num_queries(12):
            answer = browser.get(address, {"on": "2026-06-05", "known": known, "kind": "contact"})
        assert answer.status_code == 200
        assert "联系督导" in answer.content.decode()

    @pytest.mark.parametrize("who", ["village_cadre", "county_leader"])
    def test_the_persons_page_in_twelve_queries(self, story, who, django_assert_max_num_queries):
        browser = story.sign_in(who)
        own = who == "village_cadre"
        address = reverse("my_timeline") if own else reverse("person_timeline", args=[story.village_cadre.person.id])
        with django_assert_max_num_queries(12):
            answer = browser.get(address, {"on": "2026-06-05"})
        assert answer.status_code == 200
        assert story.enterprise.name in answer.content.decode()

    def test_a_stranger_finds_neither(self, story):
        browser = story.sign_in("stranger")
        for name, key in (("enterprise", story.enterprise.id), ("person", story.village_cadre.person.id)):
            assert browser.get(reverse(f"{name}_timeline", args=[key])).status_code == 404

    def test_a_supervisor_sees_nobody_elses_file(self, story):
        browser = story.sign_in("village_cadre")
        assert browser.get(reverse("person_timeline", args=[story.township_officer.person.id])).status_code == 404

    @pytest.mark.parametrize("on", ["", "2026-13-01", "3000-01-01", "1900-01-01"])
    def test_an_odd_day_is_today(self, story, on):
        browser = story.sign_in("county_leader")
        answer = browser.get(reverse("enterprise_timeline", args=[story.enterprise.id]), {"on": on})
        assert answer.status_code == 200
