"""四.4: complaints go past the supervisor, and past everybody of the same level; who complains stays sealed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from anwang.domain.discipline.complaints import Kind, State
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import faults
from anwang.features.discipline import actions, queries
from anwang.features.discipline.actions import Told
from anwang.features.discipline.models import Complaint, ComplaintSubject
from anwang.features.grid.models import Leadership, Post
from anwang.features.grid.queries import actor_of
from anwang.features.notices.models import Message
from tests.cast import CITY, LANSHAN, SINCE, TOWNSHIP
from tests.refusals import refused

pytestmark = pytest.mark.django_db
HANDLERS = ["village_cadre", "township_officer", "county_leader", "city_office", "stranger"]


@pytest.fixture
def file(visited, now):
    """The principal complains of somebody, by default of all who come."""

    def make(about=None, **other):
        told = Told(
            uuid4(), visited.enterprise.id, Kind.INTEGRITY, "来访时索要礼品", about and about.person.id, "示例厂长",
            "13800000000",
        )  # fmt: skip
        return actions.file_complaint(by=visited.principal.actor, now=now, **{"told": told, **other})

    return make


def seen_by(cast, row, today):
    """Who of the cast finds the complaint."""
    everybody = [*HANDLERS, "principal"]
    return {who for who in everybody if queries.complaint(row.id, by=getattr(cast, who).actor, day=today)}


@pytest.mark.parametrize(
    ("about", "desk", "handler"),
    [
        ("village_cadre", TOWNSHIP, "township_officer"),
        ("county_leader", CITY, "city_office"),
        (None, TOWNSHIP, "township_officer"),
    ],
)
def test_a_complaint_is_seen_by_the_desk_above_and_by_nobody_else(visited, file, today, about, desk, handler):
    row = file(getattr(visited, about) if about else None)
    assert row.handler_unit == desk
    assert seen_by(visited, row, today) == {handler, "principal"}


def test_a_supervisor_of_the_township_is_complained_of_to_the_county(visited, file, now, today):
    from tests.features.duties.conftest import bind

    bind(visited.enterprise, visited.township_officer, now, part="assist")
    row = file(visited.township_officer)
    assert (row.handler_unit, seen_by(visited, row, today)) == (LANSHAN, {"county_leader", "principal"})
    everybody = file()
    assert seen_by(visited, everybody, today) == {"county_leader", "principal"}


def test_a_colleague_of_the_same_level_does_not_see_it(visited, file, now, today):
    row = file(visited.county_leader)
    post = Post.objects.create(
        person=visited.stranger.person, kind="county_bureau", level="county", unit=LANSHAN, county=371302, township=0,
        is_office=True, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    colleague = actor_of(post, user_id=None, leads=False)
    assert queries.complaint(row.id, by=colleague, day=today) is None


def test_who_is_complained_of_never_sees_it_in_whatever_post_they_come_to_hold(visited, file, now, today):
    row = file(visited.village_cadre)
    post = Post.objects.create(
        person=visited.village_cadre.person, kind="township_safety", level="township", unit=TOWNSHIP, county=371302,
        township=371302101, is_office=True, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    promoted = actor_of(post, user_id=visited.village_cadre.user.id, leads=False)
    assert queries.complaint(row.id, by=promoted, day=today) is None
    with refused("not_found"):
        actions.take_complaint(by=promoted, now=now, complaint_id=row.id)
    again = file(visited.village_cadre)
    assert again.handler_unit == LANSHAN, "the township is now a level of the person complained of"


def test_in_the_city_a_leader_is_complained_of_to_a_leader_above_only(visited, file, now, today):
    first = Post.objects.create(
        person=visited.stranger.person, kind="bureau", level="city", unit=CITY, county=371300, township=0,
        valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    Leadership.objects.create(unit=CITY, level="city", post=first, rank=1, valid_from=SINCE, recorded_at=now)
    Leadership.objects.create(
        unit=CITY, level="city", post=visited.city_office.post, rank=2, valid_from=SINCE, recorded_at=now
    )
    row = file(visited.city_office)
    assert (row.handler_unit, row.leaders_before) == (CITY, 2)
    assert queries.complaint(row.id, by=visited.city_office.actor, day=today) is None
    assert queries.complaint(row.id, by=actor_of(first, user_id=None, leads=True), day=today) == row


@pytest.mark.slow
def test_without_anybody_above_it_waits_and_the_enterprise_is_told(visited, file, now, today):
    Leadership.objects.create(
        unit=CITY, level="city", post=visited.city_office.post, rank=1, valid_from=SINCE, recorded_at=now
    )
    row = file(visited.city_office)
    assert seen_by(visited, row, today) == {"principal"}
    page = visited.sign_in("principal").get(f"/complaints/{row.id}/").content.decode()
    assert "目前没有可受理的人" in page


def test_a_complaint_sent_twice_is_one(visited, file, now):
    told = Told(uuid4(), visited.enterprise.id, Kind.OTHER, "来人太多")
    first = file(told=told)
    assert file(told=told) == first
    assert Complaint.objects.count() == 1


def test_the_trail_names_neither_the_enterprise_nor_its_principal(visited, file):
    row = file(visited.village_cadre)
    event = AuditEvent.objects.get(action="complaint.filed")
    said = " ".join([event.actor, event.target, event.body])
    assert visited.enterprise.name not in said
    assert "示例厂长" not in said
    assert f'"enterprise":{visited.enterprise.id}' not in said
    assert (event.user_id, event.post_id, event.chain) == (None, None, 0)
    assert event.target == f"complaint:{row.id}"
    assert list(faults()) == []


def test_an_office_writes_down_a_call_and_does_not_read_it_afterwards(visited, now, today):
    told = Told(uuid4(), visited.enterprise.id, Kind.TOO_OFTEN, "一周来了四趟", visited.village_cadre.person.id)
    row = actions.file_complaint(by=visited.county_leader.actor, now=now, told=told)
    assert row.form == "call"
    assert seen_by(visited, row, today) == {"township_officer", "principal"}


def test_whoever_is_meant_cannot_write_the_call_down(visited, now):
    told = Told(uuid4(), visited.enterprise.id, Kind.OTHER, "态度不好", visited.county_leader.person.id)
    with refused("complaint_own"):
        actions.file_complaint(by=visited.county_leader.actor, now=now, told=told)


@pytest.mark.parametrize(("who", "code"), [("stranger", "not_found"), ("village_cadre", "not_office")])
def test_others_file_nothing(visited, now, who, code):
    told = Told(uuid4(), visited.enterprise.id, Kind.OTHER, "示例")
    with refused(code):
        actions.file_complaint(by=getattr(visited, who).actor, now=now, told=told)


def test_only_people_whom_the_enterprise_deals_with_can_be_named(visited, file):
    with refused("person_unknown"):
        file(visited.stranger)


def test_the_answer_is_due_in_the_policys_days_and_then_overdue(visited, file, today):
    row = file()
    assert row.due == today + timedelta(days=7)
    assert not queries.overdue(row, row.due)
    assert queries.overdue(row, row.due + timedelta(days=1))
    officer = visited.township_officer.actor
    assert queries.desk(officer, day=today) == queries.Desk(1, 0)
    assert queries.desk(officer, day=row.due + timedelta(days=1)) == queries.Desk(1, 1)
    assert queries.desk(visited.village_cadre.actor, day=today) == queries.Desk(0, 0)


def test_not_content_goes_one_level_up_once_and_the_first_answerer_is_out(visited, file, now, today):
    row, officer, principal = file(), visited.township_officer.actor, visited.principal.actor
    actions.take_complaint(by=officer, now=now, complaint_id=row.id)
    actions.answer_complaint(by=officer, now=now, complaint_id=row.id, text="已核实并批评教育")
    raised = actions.raise_complaint(by=principal, now=now, complaint_id=row.id, reason="没有来问过我们")
    assert (raised.state, raised.handler_unit) == (State.RAISED, LANSHAN)
    assert seen_by(visited, row, today) == {"county_leader", "principal"}
    actions.answer_complaint(by=visited.county_leader.actor, now=now, complaint_id=row.id, text="已重新核实处理")
    with refused("complaint_state"):
        actions.raise_complaint(by=principal, now=now, complaint_id=row.id, reason="还是不满意")
    assert actions.settle_complaint(by=principal, now=now, complaint_id=row.id).state == State.SETTLED
    states = [step.state for step in queries.steps(row)]
    assert states == ["filed", "taken", "answered", "raised", "final", "settled"]
    named = [step.person.name if step.person else "" for step in queries.steps(row)]
    assert named == ["", "示例镇员", "示例镇员", "", "示例县长", ""]


def test_when_the_highest_has_answered_there_is_nobody_left_to_ask(visited, file, now):
    row = file(visited.county_leader)
    actions.answer_complaint(by=visited.city_office.actor, now=now, complaint_id=row.id, text="已核实处理")
    with refused("complaint_top"):
        actions.raise_complaint(by=visited.principal.actor, now=now, complaint_id=row.id, reason="不满意")
    assert Complaint.objects.get().state == State.ANSWERED


def test_of_two_who_answer_at_once_the_second_is_told(visited, file, now, monkeypatch):
    row, officer = file(), visited.township_officer.actor
    stale = Complaint.objects.get(id=row.id)
    actions.answer_complaint(by=officer, now=now, complaint_id=row.id, text="第一个答复")
    monkeypatch.setattr("anwang.features.discipline.actions.handling._mine", lambda *_: stale)
    with refused("complaint_state"):
        actions.answer_complaint(by=officer, now=now, complaint_id=row.id, text="第二个答复")
    assert [step.text for step in queries.steps(row)] == ["", "第一个答复"]


def test_the_desk_is_told_without_a_name_and_the_enterprise_when_it_is_answered(visited, file, now):
    row = file(visited.village_cadre)
    told = Message.objects.get(kind="complaint")
    assert (told.to_id, told.link) == (visited.township_officer.person.id, f"/complaints/{row.id}/")
    assert visited.enterprise.name not in told.title + told.body
    actions.answer_complaint(by=visited.township_officer.actor, now=now, complaint_id=row.id, text="已核实处理")
    assert Message.objects.filter(kind="complaint").exclude(id=told.id).get().to_id == visited.principal.person.id
    assert not AuditEvent.objects.filter(action="notices.queue", actor__contains="示例厂长").exists()


def test_taken_back_it_is_answered_no_more(visited, file, now):
    row = file()
    actions.withdraw_complaint(by=visited.principal.actor, now=now, complaint_id=row.id)
    with refused("complaint_state"):
        actions.answer_complaint(by=visited.township_officer.actor, now=now, complaint_id=row.id, text="已核实处理")
    with refused("not_found"):
        actions.withdraw_complaint(by=visited.stranger.actor, now=now, complaint_id=row.id)


def test_what_was_said_is_kept_encrypted(visited, file):
    from django.db import connection

    row = file(visited.village_cadre)
    with connection.cursor() as cursor:
        cursor.execute("select text, complainer, phone from discipline_complaint where id = %s", [row.id])
        kept = b" ".join(bytes(each) for each in cursor.fetchone())
    assert "索要礼品".encode() not in kept
    assert b"13800000000" not in kept
    assert Complaint.objects.get().phone == "13800000000"
    assert ComplaintSubject.objects.filter(complaint=row).count() == 1


@pytest.mark.slow
def test_the_whole_way_in_the_browser(visited, now):
    firm, desk = visited.sign_in("principal"), visited.sign_in("township_officer")
    page = firm.get("/complaints/new/")
    sent = {"kind": "disturbance", "person": visited.village_cadre.person.id, "text": "停了半天生产线",
            "client_id": str(page.context["form"]["client_id"].value())}  # fmt: skip
    assert "示例村主任" in page.content.decode()
    answer = firm.post("/complaints/new/", sent, follow=True)
    row = Complaint.objects.get()
    assert answer.redirect_chain == [(f"/complaints/{row.id}/", 302)]
    assert "已送 白沙埠镇 受理" in answer.content.decode()
    assert desk.post(f"/complaints/{row.id}/take/").status_code == 302
    short = desk.post(f"/complaints/{row.id}/answer/", {"text": "好"})
    assert short.status_code == 422
    desk.post(f"/complaints/{row.id}/answer/", {"text": "已核实，今后避开生产时段"})
    text = firm.get(f"/complaints/{row.id}/").content.decode()
    assert "已核实，今后避开生产时段" in text
    assert firm.post(f"/complaints/{row.id}/settle/").status_code == 302
    assert firm.get("/complaints/").status_code == 200
    for who in ("village_cadre", "county_leader", "city_office"):
        assert visited.sign_in(who).get(f"/complaints/{row.id}/").status_code == 404


@pytest.mark.slow
def test_an_office_finds_the_enterprise_that_called(visited):
    office = visited.sign_in("county_leader")
    found = office.post("/complaints/new/", {"name": visited.enterprise.name})
    assert found["Location"] == f"/complaints/new/?enterprise={visited.enterprise.id}"
    assert office.get(found["Location"]).status_code == 200
    assert office.post("/complaints/new/", {"name": visited.elsewhere.name}).status_code == 422
    assert office.get(f"/complaints/new/?enterprise={visited.elsewhere.id}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/complaints/", "/our-visits/"])
def test_lists_take_few_queries(visited, file, path, django_assert_max_num_queries):
    for _ in range(5):
        file(visited.village_cadre)
    browser = visited.sign_in("principal")
    with django_assert_max_num_queries(12):
        browser.get(path)
    row = Complaint.objects.first()
    desk = visited.sign_in("township_officer")
    with django_assert_max_num_queries(12):
        desk.get(f"/complaints/{row.id}/")
