"""An enterprise says about itself what changed; those who know the place take it over or return it (二.1)."""

from datetime import timedelta

import pytest

from anwang.domain.base import Role
from anwang.domain.portal.declarations import State, Topic
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import faults
from anwang.features.enterprises import actions as enterprises
from anwang.features.enterprises.models import Change, Enterprise, RiskPoint
from anwang.features.notices.models import Message
from anwang.features.portal import actions, queries
from anwang.features.portal.models import Affirmation, Declaration
from anwang.features.portal.queries.declarations import lines, said, undone
from tests.features.duties.conftest import bind
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PHONE = "13900001234"


@pytest.fixture
def declare(bound, now):
    def make(topic=Topic.FACTS, subject=0, **values):
        by = bound.principal.actor
        return actions.declare(by=by, now=now, topic=topic, values=values, subject=subject)

    return make


@pytest.fixture
def judge(bound, now):
    """The lead supervisor takes it over."""

    def take(row, who="village_cadre"):
        by = getattr(bound, who).actor
        return actions.accept_declaration(by=by, now=now, declaration_id=row.id)

    return take


@pytest.fixture
def boiler(bound, now):
    by, firm = bound.county_leader.actor, bound.enterprise.id
    enterprises.add_point(by=by, now=now, enterprise_id=firm, name="锅炉房", facts=RiskFacts(persons=3))
    return RiskPoint.objects.get()


def test_only_what_differs_is_sent_and_a_phone_is_nowhere_in_clear(bound, declare):
    Enterprise.objects.filter(id=bound.enterprise.id).update(headcount=40, address="白沙埠镇一号")
    row = declare(headcount=40, address="白沙埠镇一号", safety_officer="示例安全员", safety_phone=PHONE,
                  principal_phone=PHONE)  # fmt: skip
    assert set(said(row)) == {"principal_phone", "safety_officer", "safety_phone"}
    assert [line.after for line in lines(row)] == ["139****1234", "示例安全员", "139****1234"]
    assert PHONE not in " ".join(AuditEvent.objects.values_list("body", flat=True))
    assert PHONE not in " ".join(f"{m.title}{m.body}" for m in Message.objects.all())
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select said from portal_declaration")
        assert PHONE.encode() not in bytes(cursor.fetchone()[0])


def test_what_is_so_already_is_not_asked_for(bound, declare):
    Enterprise.objects.filter(id=bound.enterprise.id).update(headcount=40)
    with refused("nothing_changed"):
        declare(headcount=40)


def test_the_lead_supervisor_takes_it_over_by_the_act_of_the_roster(bound, declare, judge, now):
    row, change = judge(declare(headcount=55, safety_phone=PHONE))
    firm = Enterprise.objects.get(id=bound.enterprise.id)
    assert (firm.headcount, firm.safety_phone) == (55, PHONE)
    assert (change.by, firm.last_change_id) == (bound.village_cadre.actor.name, change.id)
    assert Declaration.objects.get().state == State.ACCEPTED
    told = Message.objects.filter(to=bound.principal.person).get()
    assert told.link == f"/declarations/{row.id}/"
    assert list(faults()) == []


def test_the_decision_on_one_declaration_gives_a_supervisor_no_other_right(bound, declare, judge, now):
    judge(declare(headcount=55))
    with refused("not_your_enterprise"):
        enterprises.correct(
            by=bound.village_cadre.actor, now=now, enterprise_id=bound.enterprise.id, values={"headcount": 1}
        )
    assert not bound.village_cadre.actor.has(Role.OFFICE)


def test_the_office_takes_its_change_back_and_the_page_says_so(bound, declare, judge, now):
    row, change = judge(declare(headcount=55), "county_leader")
    enterprises.undo(by=bound.county_leader.actor, now=now + timedelta(hours=1), change_id=change.id)
    assert Enterprise.objects.get(id=bound.enterprise.id).headcount is None
    assert undone(Declaration.objects.get(id=row.id)).id == change.id


def test_suspension_and_work_again(bound, declare, judge, today):
    judge(declare(Topic.STATUS, status="suspended", on=today.isoformat(), reason="停产检修"))
    assert Enterprise.objects.get(id=bound.enterprise.id).status == "suspended"
    judge(declare(Topic.STATUS, status="operating", on=today.isoformat(), reason="复工"), "township_officer")
    assert Enterprise.objects.get(id=bound.enterprise.id).status == "operating"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": "operating", "on": "2026-11-24", "reason": "复工"}, "status_same"),
        ({"status": "closed", "on": "2026-11-24", "reason": "注销"}, "status_unknown"),
        ({"status": "suspended", "on": "2026-11-25", "reason": "检修"}, "date_future"),
        ({"status": "suspended", "on": "2026-11-24", "reason": " "}, "reason_missing"),
    ],
)
def test_a_status_that_cannot_be_is_refused(declare, values, code):
    with refused(code):
        declare(Topic.STATUS, **values)


def test_a_risk_point_changes_and_grades_the_enterprise_anew(bound, boiler, declare, judge):
    row = declare(Topic.POINT, boiler.id, name="锅炉房", location="", persons=30, hazards=["explosion"])
    assert set(said(row)) == {"persons", "hazards"}
    judge(row)
    fact = boiler.facts.get(valid_to=None)
    assert (fact.persons, fact.hazard_kinds) == (30, [HazardKind.EXPLOSION.value])
    assert Enterprise.objects.get(id=bound.enterprise.id).grade == "major"


def test_a_point_comes_and_a_point_goes(bound, boiler, declare, judge):
    judge(declare(Topic.POINT_NEW, name="喷涂车间", persons=4, hazards=["fire"]))
    judge(declare(Topic.POINT_GONE, boiler.id, reason="锅炉拆除"))
    assert set(RiskPoint.objects.filter(removed_on=None).values_list("name", flat=True)) == {"喷涂车间"}


def test_what_an_evaluation_found_is_not_the_enterprises_to_say(bound, declare, judge, now):
    by, firm = bound.county_leader.actor, bound.enterprise.id
    from anwang.domain.base import Grade

    facts = RiskFacts(persons=3, evaluated_level=Grade.LARGER)
    enterprises.add_point(by=by, now=now, enterprise_id=firm, name="锅炉房", facts=facts)
    point = RiskPoint.objects.get()
    judge(declare(Topic.POINT, point.id, name="锅炉房", persons=5, evaluated="low"))
    assert point.facts.get(valid_to=None).evaluated == "larger"


def test_a_topic_waits_once_until_it_is_taken_back(bound, declare, now):
    row = declare(headcount=55)
    with refused("declaration_waiting"):
        declare(headcount=56)
    actions.withdraw(by=bound.principal.actor, now=now, declaration_id=row.id)
    declare(headcount=56)


@pytest.mark.slow
def test_returned_with_a_reason_that_the_enterprise_reads(bound, declare, now):
    row, by = declare(headcount=55), bound.village_cadre.actor
    with refused("reason_missing"):
        actions.return_declaration(by=by, now=now, declaration_id=row.id, reason=" ")
    actions.return_declaration(by=by, now=now, declaration_id=row.id, reason="社保人数是 48")
    page = bound.sign_in("principal").get(f"/declarations/{row.id}/").content.decode()
    assert "社保人数是 48" in page
    assert not Change.objects.exists()


def test_of_two_who_decide_at_once_one_does(bound, declare, judge, now, monkeypatch):
    """Both read it as waiting; the second changes nothing."""
    row = declare(headcount=55)
    actions.return_declaration(by=bound.township_officer.actor, now=now, declaration_id=row.id, reason="人数不符")
    monkeypatch.setattr("anwang.features.portal.queries.declaration", lambda by, key: row)
    with refused("declaration_state"):
        judge(row)
    assert Enterprise.objects.get(id=bound.enterprise.id).headcount is None
    assert Declaration.objects.get().state == State.RETURNED


def test_what_the_roster_refuses_leaves_the_declaration_waiting(bound, boiler, declare, judge, now):
    row = declare(Topic.POINT, boiler.id, name="锅炉房", persons=9)
    by, firm = bound.county_leader.actor, bound.enterprise.id
    enterprises.remove_point(by=by, now=now, point_id=boiler.id, enterprise_id=firm, reason="拆除")
    with refused("point_gone"):
        judge(row)
    assert Declaration.objects.get().state == State.WAITING


def test_who_decides(bound, declare, judge, now):
    row = declare(headcount=55)
    with refused("not_found"):
        judge(row, "stranger")
    with refused("not_found"):
        judge(row, "principal")
    bound.enterprise.assignments.all().delete()
    bind(bound.enterprise, bound.village_cadre, now, part="assist")
    with refused("not_yours"):
        judge(row)
    judge(row, "township_officer")


def test_the_lead_is_told_else_the_office_of_the_township(bound, declare, now):
    declare(headcount=55)
    assert Message.objects.get().to == bound.village_cadre.person
    bound.enterprise.assignments.all().delete()
    declare(Topic.POINT_NEW, name="喷涂车间")
    assert Message.objects.filter(to=bound.township_officer.person).count() == 1


def test_still_so_is_said_once_a_day(bound, now):
    for _ in range(2):
        actions.affirm(by=bound.principal.actor, now=now)
    actions.affirm(by=bound.principal.actor, now=now + timedelta(days=1))
    assert Affirmation.objects.count() == 2
    assert AuditEvent.objects.filter(action="declaration.affirmed").count() == 2


def test_what_waits_for_whom(bound, declare, today):
    declare(headcount=55)
    waits = {
        who: queries.to_judge(getattr(bound, who).actor, day=today).count()
        for who in ("village_cadre", "township_officer", "county_leader", "stranger", "city_office")
    }
    assert waits == {"village_cadre": 1, "township_officer": 1, "county_leader": 0, "stranger": 0, "city_office": 0}


@pytest.fixture
def neighbour(bound, now):
    """The principal of the enterprise next door."""
    from anwang.features.accounts.models import Person, User
    from anwang.features.grid.models import Post
    from tests.cast import SINCE

    person = Person.objects.create(name="示例邻厂长", is_demo=True, created_at=now)
    Post.objects.create(
        person=person, kind="principal", level="enterprise", unit=bound.elsewhere.place,
        enterprise_id=bound.elsewhere.id, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    from django.test import Client

    browser = Client()
    user = User.objects.create(username="neighbour", person=person)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.slow
def test_the_neighbour_finds_nothing_of_ours(bound, boiler, declare, neighbour):
    row = declare(headcount=55)
    paths = [f"/declarations/{row.id}/", f"/our/points/{boiler.id}/", f"/our/points/{boiler.id}/gone/"]
    posts = [f"/declarations/{row.id}/{act}/" for act in ("withdraw", "accept", "return")]
    assert {neighbour.get(path).status_code for path in paths} == {404}
    assert {neighbour.post(path, {"reason": "原因", "name": "x"}).status_code for path in paths[1:] + posts} == {404}
    assert "示例机械" not in neighbour.get("/our/").content.decode()
    assert neighbour.get(f"/enterprises/{bound.enterprise.id}/invitation/").status_code == 404
    assert Declaration.objects.get().state == State.WAITING


@pytest.mark.slow
def test_the_enterprise_fills_in_what_changed_and_follows_it(bound, boiler, today):
    browser = bound.sign_in("principal")
    assert "/our/affirm/" in browser.get("/our/").content.decode()
    assert browser.post("/our/affirm/").status_code == 302
    assert "/our/affirm/" not in browser.get("/our/").content.decode()
    form = browser.get(f"/our/points/{boiler.id}/").context["form"]
    assert (form.initial["persons"], form.initial["name"]) == (3, "锅炉房")
    wrong = browser.post("/our/facts/", {"headcount": "-1", "safety_phone": "abc"})
    assert wrong.status_code == 422
    assert browser.post("/our/facts/", {"headcount": "48"}).status_code == 302
    when = {"on": today.isoformat(), "reason": "停产检修"}
    assert browser.post("/our/status/", when).status_code == 302
    assert browser.post("/our/points/new/", {"name": "喷涂车间", "persons": "2", "minor": "0"}).status_code == 302
    assert browser.post(f"/our/points/{boiler.id}/gone/", {"reason": "拆除"}).status_code == 302
    page = browser.get("/our/").content.decode()
    assert page.count("/withdraw/") == 4
    row = Declaration.objects.filter(topic="facts").get()
    desk = bound.sign_in("village_cadre")
    assert "48" in desk.get("/declarations/").content.decode()
    assert desk.post(f"/declarations/{row.id}/return/", {"reason": ""}).status_code == 422
    assert desk.post(f"/declarations/{row.id}/accept/").status_code == 302
    assert desk.post(f"/declarations/{row.id}/accept/").status_code == 409


@pytest.mark.slow
def test_pages_ask_a_fixed_number_of_queries(bound, boiler, declare, django_assert_max_num_queries):
    row = declare(headcount=55)
    for n in range(5):
        declare(Topic.POINT_NEW, name=f"车间{n}", persons=n)
    for who, path in (
        ("principal", "/our/"), ("principal", "/our/papers/"), ("principal", f"/declarations/{row.id}/"),
        ("principal", f"/our/points/{boiler.id}/"), ("township_officer", "/declarations/"),
        ("village_cadre", f"/declarations/{row.id}/"),
    ):  # fmt: skip
        browser = bound.sign_in(who)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200, path
