"""Staff of an enterprise has what its principal gave, until the day he said, as long as he is the principal."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from anwang.config.access import opens, pages
from anwang.domain.base import Right, Role
from anwang.domain.portal.declarations import Topic
from anwang.features.accounts.models import Person, User
from anwang.features.advice import actions as advice
from anwang.features.assignments.permissions import may_confirm_posting
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import faults
from anwang.features.discipline import actions as discipline
from anwang.features.discipline.models import Complaint
from anwang.features.enterprises import actions as enterprises
from anwang.features.enterprises.models import Enterprise
from anwang.features.grid import actions as grid
from anwang.features.grid import queries as grids
from anwang.features.grid.models import Post
from anwang.features.notices.models import Message
from anwang.features.portal import actions
from anwang.features.portal.models import Declaration, Invitation
from anwang.features.portal.queries.opening import STAFF
from anwang.features.problems.permissions import standing
from anwang.features.visits import actions as visits
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "lantian-baiyun-7"
PHONE = "13955550001"


@pytest.fixture
def give(bound, now, today):
    """Invite somebody with rights and let them take it up; returns the user."""

    def make(*rights, name="示例安全员", days=30):
        until = today + timedelta(days=days)
        link = actions.invite_staff(
            by=bound.principal.actor, now=now, name=name, title="安全管理员", rights=rights, until=until
        )
        row = link.invitation
        proof, said = row.token_digest, {"username": f"staff{row.id}", "password": PASSWORD}
        return actions.accept(by=bound.system, now=now, invitation_id=row.id, proof=proof, **said)

    return make


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def post_of(user):
    return Post.objects.filter(person=user.person).latest("id")


def actor_of(user, now):
    return grids.actor_for(user, now=now)


def firm_pages():
    """(name, an address with any key) of every page of the principal."""
    for pattern in walk(get_resolver().url_patterns):
        allowed = pages().get(pattern.name)
        if isinstance(allowed, frozenset) and Role.PRINCIPAL in allowed:
            kinds = {"int": 10**9, "uuid": UUID(int=0)}
            keys = {k: kinds.get(type(c).__name__.removesuffix("Converter").lower(), "x")
                    for k, c in pattern.pattern.converters.items()}  # fmt: skip
            yield pattern.name, reverse(pattern.name, kwargs=keys)


def walk(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from walk(each.url_patterns)
        else:
            yield each


@pytest.mark.parametrize("right", Right)
def test_each_right_opens_its_own_pages_and_no_other(give, right, now):
    user = give(right)
    browser, actor, seen = browser_of(user), actor_of(user, now), 0
    for name, address in firm_pages():
        opened = right in STAFF.get(name, ())
        assert opens(actor, name) is opened, name
        for answer in (browser.get(address), browser.post(address)):
            body = answer.content.decode() if not answer.streaming else ""
            closed = answer.status_code == 403 and "需要时请他在“人员权限”中给您" in body
            assert closed is not opened, (name, answer.status_code)
        seen += 1
    assert seen > 60
    assert set(STAFF) <= {name for name, _ in firm_pages()}


def test_the_principal_opens_every_page_of_the_enterprise_and_staff_gives_nothing_on(bound, give, now, today):
    assert all(opens(bound.principal.actor, name) for name, _ in firm_pages())
    user = give(*Right)
    actor = actor_of(user, now)
    closed = {name for name, _ in firm_pages() if not opens(actor, name)}
    assert closed == {
        "own_staff", "own_staff_new", "own_staff_member", "own_staff_end", "own_staff_revoke", "enterprise_phone",
    }  # fmt: skip
    until = today + timedelta(days=9)
    with refused("not_given"):
        actions.invite_staff(by=actor, now=now, name="再请一人", title="主任", rights=[Right.SEE], until=until)
    with refused("not_given"):
        actions.change_staff(by=actor, now=now, post_id=post_of(user).id, rights=[*Right], until=until)
    with refused("not_given"):
        actions.end_staff(by=actor, now=now, post_id=post_of(user).id)


def test_the_menu_and_the_first_page_show_what_opens(give):
    user = give(Right.RECTIFY)
    text = browser_of(user).get("/").content.decode()
    for name in ("problem_list", "question_ask", "complaint_list", "own_staff"):
        assert (f'href="{reverse(name)}"' in text) is (name == "problem_list"), name


def test_the_acts_ask_again_whoever_calls_them(bound, give, now, today):
    actor = actor_of(give(Right.SEE), now)
    firm = bound.enterprise.id
    with refused("not_given"):
        actions.declare(by=actor, now=now, topic=Topic.FACTS, values={"headcount": 3})
    with refused("not_given"):
        told = discipline.Told(client_id=None, enterprise=firm, kind="other", text="来人太多")
        discipline.file_complaint(by=actor, now=now, told=told)
    with refused("not_given"):
        visits.wish(by=actor, now=now, data=visits.WishData(firm, "wished", today, today))
    with refused("not_given"):
        advice.confirm_receipt(by=actor, now=now, notice_id=1)
    assert may_confirm_posting(actor, 0, firm, bound.enterprise.place).reasons[0].code == "not_yours"
    assert not standing(actor, _problem(firm)).enterprise
    assert Declaration.objects.count() == Complaint.objects.count() == 0


def _problem(firm):
    from anwang.features.problems.models import Problem

    return Problem(enterprise_id=firm, state="rectifying", reporter_id=None, tracker_id=None)


def test_staff_that_may_look_at_the_facts_finds_no_buttons_that_refuse(bound, give):
    text = browser_of(give(Right.SEE)).get("/our/").content.decode()
    for name in ("own_affirm", "own_facts", "own_status", "own_point_new"):
        assert reverse(name) not in text, name
        assert reverse(name) in bound.sign_in("principal").get("/our/").content.decode(), name


def test_what_staff_does_is_done_in_its_own_name(bound, give, now):
    user = give(Right.DECLARE)
    assert browser_of(user).post("/our/facts/", {"headcount": "48"}).status_code == 302
    row = Declaration.objects.get()
    assert (row.by, row.enterprise_id) == ("示例安全员", bound.enterprise.id)
    actions.return_declaration(by=bound.village_cadre.actor, now=now, declaration_id=row.id, reason="与现场不符")
    assert {m.to_id for m in Message.objects.filter(kind="declaration", key__contains="returned")} == {
        bound.principal.person.id, user.person_id,
    }  # fmt: skip


def test_an_access_ends_on_its_day_by_itself(give, now, monkeypatch):
    user = give(Right.SEE, days=3)
    assert actor_of(user, now + timedelta(days=3)) is not None
    assert actor_of(user, now + timedelta(days=4)) is None
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now + timedelta(days=4))
    assert browser_of(user).get("/").status_code == 302


def test_an_access_taken_back_opens_nothing_from_the_next_click_on(bound, give):
    user = give(Right.SEE)
    browser = browser_of(user)
    assert browser.get("/our/papers/").status_code == 200
    own, post = bound.sign_in("principal"), post_of(user)
    assert own.post(f"/our/staff/{post.id}/end/").status_code == 302
    assert browser.get("/our/papers/").status_code == 302
    assert own.post(f"/our/staff/{post.id}/end/").status_code == 409
    text = own.get("/our/staff/").content.decode()
    assert "已停止的" in text
    again = own.post(f"/our/staff/{post.id}/", {"rights": ["ask"], "until": post.valid_to.isoformat()})
    assert again.status_code == 302
    assert browser_of(user).get("/our/papers/").status_code == 403
    assert browser_of(user).get("/questions/ask/").status_code == 200
    assert AuditEvent.objects.filter(action__in=["portal.staff", "portal.staff_end"]).count() == 2
    assert list(faults()) == []


def test_other_rights_hold_at_once_and_the_old_ones_are_on_record(bound, give, now, today):
    user = give(Right.SEE)
    post = post_of(user)
    by = {"by": bound.principal.actor, "now": now}
    actions.change_staff(**by, post_id=post.id, rights=[Right.ASK], until=today)
    assert actor_of(user, now).rights == {Right.ASK}
    assert list(Post.objects.filter(person=user.person).order_by("id").values_list("rights", flat=True)) == [
        ["see"], ["ask"],
    ]  # fmt: skip
    with refused("nothing_changed"):
        actions.change_staff(**by, post_id=post_of(user).id, rights=[Right.ASK], until=today)
    for rights, until, code in (
        ([], today, "rights_missing"), ([Right.SEE], today - timedelta(days=1), "until_past"),
        ([Right.SEE], today + timedelta(days=367), "until_far"),
    ):  # fmt: skip
        with refused(code):
            actions.change_staff(**by, post_id=post_of(user).id, rights=rights, until=until)


@pytest.mark.parametrize("way", ["accepted", "ended", "expired"])
def test_with_the_principal_goes_what_he_gave_however_he_goes(bound, give, now, today, way):
    user = give(Right.SEE)
    post = bound.principal.post
    if way == "accepted":
        Enterprise.objects.filter(id=bound.enterprise.id).update(principal="示例新厂长")
        waiting = actions.invite_staff(
            by=bound.principal.actor, now=now, name="未开通", title="主任", rights=[Right.SEE], until=today
        ).invitation
        row = actions.invite(by=bound.village_cadre.actor, now=now, enterprise_id=bound.enterprise.id).invitation
        said = {"proof": row.token_digest, "username": "xinchangzhang", "password": PASSWORD}
        actions.accept(by=bound.system, now=now, invitation_id=row.id, **said)
        assert post_of(user).valid_to == today
        assert Invitation.objects.get(id=waiting.id).state == "revoked"
    elif way == "ended":
        grid.end_post(by=bound.system, now=now, post_id=post.id, on=today, reason="离任")
    else:
        Post.objects.filter(id=post.id).update(valid_to=today)
    assert actor_of(user, now) is None
    assert browser_of(user).get("/").status_code == 302
    actions.review_staff(by=bound.system, now=now)
    assert post_of(user).valid_to == today
    assert actions.review_staff(by=bound.system, now=now) == {"ended": 0, "asked": 0}


def test_an_invitation_of_a_principal_who_left_is_worth_nothing(bound, now, today):
    row = actions.invite_staff(
        by=bound.principal.actor, now=now, name="示例安全员", title="安全员", rights=[Right.SEE], until=today
    ).invitation
    grid.end_post(by=bound.system, now=now, post_id=bound.principal.post.id, on=today, reason="离任")
    with refused("invitation_gone"):
        said = {"proof": row.token_digest, "username": "anquanyuan", "password": PASSWORD}
        actions.accept(by=bound.system, now=now, invitation_id=row.id, **said)
    assert not User.objects.filter(username="anquanyuan").exists()


def test_after_a_move_the_principal_is_asked_once_and_silence_ends_it(bound, give, now, today):
    kept, silent = give(Right.SEE, days=90), give(Right.SEE, name="示例车间主任", days=90)
    enterprises.move(
        by=bound.county_leader.actor, now=now, enterprise_id=bound.enterprise.id, place=371302102201, on=today,
        reason="搬迁",
    )  # fmt: skip
    assert actions.review_staff(by=bound.system, now=now) == {"ended": 0, "asked": 1}
    assert actions.review_staff(by=bound.system, now=now) == {"ended": 0, "asked": 0}
    assert Message.objects.get(kind="staff").to == bound.principal.person
    own = bound.sign_in("principal")
    assert own.get("/our/staff/").content.decode().count("待确认") == 3
    post = post_of(kept)
    said = {"rights": post.rights, "until": (post.valid_to - timedelta(days=1)).isoformat()}
    assert own.post(f"/our/staff/{post.id}/", said).status_code == 302
    later = now + timedelta(days=30)
    assert actions.review_staff(by=bound.system, now=later) == {"ended": 1, "asked": 0}
    assert actor_of(kept, later) is not None
    assert actor_of(silent, later) is None


def test_a_regridding_carries_rights_and_giver_along(bound, give, now, today):
    from anwang.features.grid.actions.successors import _successor

    class Plan:
        mapping = {bound.enterprise.place: 371302102201}

    user = give(Right.SEE)
    after = _successor(post_of(user), Plan, today, now, False)
    assert (after.rights, after.given_by_id) == (["see"], bound.principal.person.id)


def test_the_known_phone_of_the_safety_officer_is_not_asked_for_and_stands_encrypted(bound, give, now):
    Enterprise.objects.filter(id=bound.enterprise.id).update(safety_officer="示例安全员", safety_phone=PHONE)
    form = bound.sign_in("principal").get("/our/staff/new/").context["form"]
    assert form.initial["name"] == "示例安全员"
    assert not any("phone" in name for name in form.fields)
    user = give(Right.SEE)
    assert user.person.phone == PHONE
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select phone from accounts_person where id = %s", [user.person_id])
        assert PHONE.encode() not in bytes(cursor.fetchone()[0])
    assert PHONE not in " ".join(AuditEvent.objects.values_list("body", flat=True))
    assert PHONE not in bound.sign_in("principal").get("/our/staff/").content.decode()


def test_the_neighbours_principal_finds_nobody_of_ours(bound, give, now, today):
    user = give(Right.SEE)
    person = Person.objects.create(name="邻厂厂长", created_at=now)
    Post.objects.create(
        person=person, kind="principal", level="enterprise", unit=bound.elsewhere.place, county=371311,
        township=371311001, enterprise_id=bound.elsewhere.id, valid_from=today, recorded_at=now,
    )  # fmt: skip
    neighbour = browser_of(User.objects.create(username="lin", person=person))
    post = post_of(user)
    sent = actions.invite_staff(
        by=bound.principal.actor, now=now, name="未开通", title="主任", rights=[Right.SEE], until=today
    ).invitation
    assert "示例安全员" not in neighbour.get("/our/staff/").content.decode()
    assert neighbour.get(f"/our/staff/{post.id}/").status_code == 404
    assert neighbour.post(f"/our/staff/{post.id}/end/").status_code == 404
    assert neighbour.post(f"/our/staff/invitations/{sent.id}/revoke/").status_code == 404
    assert Invitation.objects.get(id=sent.id).state == "open"


def test_officials_are_never_taken_for_staff_nor_staff_for_officials(bound, give, now, today):
    user = give(*Right)
    place = bound.enterprise.place
    assert user.person_id not in {member.person for member, _ in grids.seats_at([place], on=today)}
    assert not grids.subjects_of([user.person_id], on=today)
    assert grids.actor_for(user, now=now).roles == {Role.PRINCIPAL}
    assert not grids.actor_for(user, now=now).territory.ranges


def test_staff_that_may_see_visits_or_rectify_is_told_of_them(bound, give, today):
    see, rectify = give(Right.SEE), give(Right.RECTIFY, name="示例车间主任")
    firm, chief = bound.enterprise.id, bound.principal.person.id
    for right, person in ((Right.SEE, see.person_id), (Right.RECTIFY, rectify.person_id)):
        assert set(grids.firm_people([firm], right, on=today)[firm]) == {chief, person}


def test_no_more_than_twenty_and_a_second_invitation_of_a_name_replaces_the_first(bound, now, today):
    by = {"by": bound.principal.actor, "now": now, "title": "主任", "rights": [Right.SEE], "until": today}
    first = actions.invite_staff(**by, name="甲某").invitation
    actions.invite_staff(**by, name="甲某")
    assert Invitation.objects.get(id=first.id).state == "replaced"
    for n in range(19):
        actions.invite_staff(**by, name=f"某人{n}")
    with refused("staff_many"):
        actions.invite_staff(**by, name="多余")
    for changed, code in (({"name": " "}, "name_missing"), ({"title": ""}, "title_missing")):
        with refused(code):
            actions.invite_staff(**{**by, "name": "乙某", **changed})


def test_two_taps_at_once_leave_one_link(bound, now, today, monkeypatch):
    """The second did not see the first one's invitation, and so replaced nothing."""
    from django.db.models import QuerySet

    by = {"by": bound.principal.actor, "now": now, "title": "主任", "rights": [Right.SEE], "until": today}
    actions.invite_staff(**by, name="甲某")
    update = QuerySet.update
    monkeypatch.setattr(QuerySet, "update", lambda rows, **to: 0 if rows.model is Invitation else update(rows, **to))
    with refused("invitation_state"):
        actions.invite_staff(**by, name="甲某")
    assert Invitation.objects.filter(state="open").count() == 1


def test_from_the_principals_invitation_to_the_first_page_of_staff(bound, today):
    own = bound.sign_in("principal")
    said = {"name": "示例安全员", "title": "安全管理员", "rights": ["rectify", "notices"], "until": today.isoformat()}
    assert own.post("/our/staff/new/", {**said, "rights": []}).status_code == 422
    answer = own.post("/our/staff/new/", said)
    link = answer.context["link"]
    assert link.token in answer.content.decode()
    assert link.token not in own.get("/our/staff/").content.decode()
    browser = Client()
    proof = {"code": link.code, "credit_code": bound.enterprise.credit_code}
    assert browser.post(f"/join/{link.token}/", proof).status_code == 302
    assert "安全管理员" in browser.get("/join/account/").content.decode()
    chosen = {"username": "anquanyuan", "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/join/account/", chosen)["Location"] == "/"
    assert "示例机械有限公司" in browser.get("/").content.decode()
    assert browser.get("/problems/").status_code == 200
    assert Message.objects.filter(kind="invitation").get().to == bound.principal.person


def test_the_pages_ask_a_fixed_number_of_queries(bound, give, django_assert_max_num_queries):
    users = [give(Right.SEE, name=f"某人{n}") for n in range(6)]
    own = bound.sign_in("principal")
    for path in ("/our/staff/", f"/our/staff/{post_of(users[0]).id}/"):
        with django_assert_max_num_queries(12):
            assert own.get(path).status_code == 200
    browser = browser_of(users[0])
    for each in (own, browser):
        with django_assert_max_num_queries(12):
            assert each.get("/").status_code == 200
