"""The principal comes in by a link and a code, bound to the credit code; the link works once."""

import pytest
from django.test import Client

from anwang.domain.base import Actor, Refusal
from anwang.features.accounts.models import Person, User
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import faults
from anwang.features.enterprises.models import Enterprise
from anwang.features.grid.models import Post
from anwang.features.notices.models import Message
from anwang.features.portal import actions, queries
from anwang.features.portal.models import Invitation
from tests.cast import SINCE
from tests.refusals import refused

pytestmark = pytest.mark.django_db
VISITOR = Actor(name="—")
PASSWORD = "lantian-baiyun-7"


def prove(link, now, credit_code, **other):
    said = {"token": link.token, "code": link.code, "credit_code": credit_code, **other}
    return actions.prove(by=VISITOR, now=now, **said)


def accept(link, now, username="changzhang", password=PASSWORD):
    row = link.invitation
    return actions.accept(
        by=VISITOR, now=now, invitation_id=row.id, proof=row.token_digest, username=username, password=password
    )


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_neither_link_nor_code_is_kept(invited):
    row = Invitation.objects.get()
    kept = " ".join(str(value) for value in Invitation.objects.values().get().values())
    assert invited.token not in kept
    assert invited.code not in (row.code_digest, row.token_digest)
    assert len(invited.token) >= 32
    events = " ".join(AuditEvent.objects.values_list("body", flat=True))
    assert invited.token not in events


@pytest.mark.slow
def test_the_principal_signs_in_under_the_post_that_is_there(uninvited, invited, known, now, today):
    assert prove(invited, now, **known).id == invited.invitation.id
    user = accept(invited, now)
    assert user.person == uninvited.principal.person
    assert user.check_password(PASSWORD)
    assert user.password.startswith("argon2")
    assert [post.person for post in queries.principals(uninvited.enterprise.id, day=today)] == [user.person]
    assert Message.objects.get().to == uninvited.village_cadre.person
    assert list(faults()) == []


@pytest.mark.slow
def test_a_principal_known_only_by_the_roster_becomes_a_person_with_a_post(uninvited, now, today, known):
    Post.objects.filter(id=uninvited.principal.post.id).update(valid_to=SINCE)
    Enterprise.objects.filter(id=uninvited.enterprise.id).update(principal="示例新厂长", principal_phone="13800000001")
    link = actions.invite(by=uninvited.village_cadre.actor, now=now, enterprise_id=uninvited.enterprise.id)
    prove(link, now, **known)
    user = accept(link, now)
    assert (user.person.name, user.person.phone) == ("示例新厂长", "13800000001")
    post = Post.objects.get(person=user.person)
    assert (post.kind, post.enterprise_id, post.level) == ("principal", uninvited.enterprise.id, "enterprise")


@pytest.mark.slow
def test_a_new_principal_of_the_roster_ends_the_post_of_the_old(uninvited, now, today):
    Enterprise.objects.filter(id=uninvited.enterprise.id).update(principal="示例新厂长")
    user = accept(actions.invite(by=uninvited.county_leader.actor, now=now, enterprise_id=uninvited.enterprise.id), now)
    assert [post.person for post in queries.principals(uninvited.enterprise.id, day=today)] == [user.person]


#: What somebody did → the stable code, and words that tell what to do.
ABUSE = {
    "code": ("invitation_wrong", "还可以试 4 次"),
    "credit": ("invitation_wrong", "还可以试 4 次"),
    "token": ("invitation_unknown", "请完整复制收到的链接"),
    "late": ("invitation_expired", "已超过 7 天"),
    "revoked": ("invitation_revoked", "已被撤销"),
    "replaced": ("invitation_replaced", "请使用最近收到的链接"),
    "used": ("invitation_used", "请直接登录"),
    "spent": ("invitation_tries", "错了 5 次"),
}


@pytest.mark.slow
@pytest.mark.parametrize("mistake", ABUSE)
def test_whatever_is_wrong_has_a_code_and_a_sentence_and_opens_nothing(uninvited, invited, known, now, mistake):
    cadre, firm, said = uninvited.village_cadre.actor, uninvited.enterprise.id, {"code": invited.code, **known}
    token = "x" * 32 if mistake == "token" else invited.token
    match mistake:
        case "code":
            said["code"] = wrong(invited.code)
        case "credit":
            said["credit_code"] = uninvited.elsewhere.credit_code
        case "late":
            Invitation.objects.update(expires_at=now)
        case "revoked":
            actions.revoke(by=cadre, now=now, invitation_id=invited.invitation.id)
        case "replaced":
            actions.invite(by=cadre, now=now, enterprise_id=firm)
        case "used":
            accept(invited, now)
        case "spent":
            Invitation.objects.update(tries=5)
    browser = Client()
    code, words = ABUSE[mistake]
    answer = browser.post(f"/join/{token}/", said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert browser.get("/join/account/").status_code == 410
    with refused(code):
        prove(invited, now, **{"token": token, **said})


def test_who_has_the_link_alone_does_not_learn_which_of_the_codes_is_right(uninvited, invited, known, now):
    """Only both together are compared, so that a right credit code with a wrong code tells nothing."""
    told = []
    for said in (
        {"code": wrong(invited.code), **known},
        {"code": invited.code, "credit_code": uninvited.elsewhere.credit_code},
    ):
        Invitation.objects.update(tries=0)
        with pytest.raises(Refusal) as caught:
            prove(invited, now, **said)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_a_mistyped_credit_code_costs_no_try(invited, known):
    typed = known["credit_code"][:-1] + ("1" if known["credit_code"][-1] != "1" else "2")
    answer = Client().post(f"/join/{invited.token}/", {"code": invited.code, "credit_code": typed})
    assert answer.status_code == 422
    assert Invitation.objects.get().tries == 0


def test_after_five_wrong_codes_the_right_one_fails_too_and_nobody_else_is_locked_out(uninvited, invited, known, now):
    other = actions.invite(by=uninvited.stranger.actor, now=now, enterprise_id=_named(uninvited.elsewhere))
    for left in range(5):
        with refused("invitation_wrong" if left < 4 else "invitation_tries"):
            prove(invited, now, code=wrong(invited.code), **known)
    with refused("invitation_tries"):
        prove(invited, now, **known)
    assert prove(other, now, uninvited.elsewhere.credit_code)
    assert AuditEvent.objects.filter(action="portal.prove", outcome="refused").count() == 5


def _named(firm):
    Enterprise.objects.filter(id=firm.id).update(principal="示例邻厂长")
    return firm.id


def test_many_guesses_at_once_are_no_more_than_five(invited, known, now, monkeypatch):
    """Each guess reads the row before any other is counted: the count itself must hold them."""
    from django.db.models import QuerySet

    first, stale = QuerySet.first, Invitation.objects.select_related("enterprise").get()
    monkeypatch.setattr(QuerySet, "first", lambda rows: stale if rows.model is Invitation else first(rows))
    for n in range(20):
        with refused("invitation_wrong" if n < 5 else "invitation_tries"):
            prove(invited, now, code=wrong(invited.code), **known)
        assert Invitation.objects.get().tries == min(5, n + 1)
    with refused("invitation_tries"):
        prove(invited, now, **known)


@pytest.mark.slow
def test_of_two_who_use_a_link_at_once_one_has_it(invited, now, monkeypatch):
    """Both read the invitation as open; the second finds it used up and nothing of its own remains."""
    from django.db.models import QuerySet

    first, stale = QuerySet.first, Invitation.objects.select_related("enterprise").get()
    accept(invited, now)
    monkeypatch.setattr(QuerySet, "first", lambda rows: stale if rows.model is Invitation else first(rows))
    with refused("invitation_gone"):
        accept(invited, now, username="lingyige")
    assert not User.objects.filter(username="lingyige").exists()


@pytest.mark.slow
def test_a_refused_name_or_password_leaves_the_link_as_it_was(uninvited, invited, now):
    for said, code in (({"username": "stranger"}, "username_taken"), ({"password": "1234567890"}, "weak_password")):
        with refused(code):
            accept(invited, now, **said)
        assert Invitation.objects.get().state == "open"
    accept(invited, now)


def test_a_new_invitation_ends_the_one_before(uninvited, invited, known, now):
    actions.invite(by=uninvited.township_officer.actor, now=now, enterprise_id=uninvited.enterprise.id)
    with refused("invitation_replaced"):
        prove(invited, now, **known)
    assert list(Invitation.objects.order_by("id").values_list("state", flat=True)) == ["replaced", "open"]


def test_an_invitation_does_not_outlive_the_principal_it_was_for(uninvited, invited, now):
    Enterprise.objects.filter(id=uninvited.enterprise.id).update(principal="示例新厂长")
    with refused("invitation_gone"):
        accept(invited, now)
    Enterprise.objects.filter(id=uninvited.enterprise.id).update(principal="示例厂长", status="closed")
    with refused("enterprise_closed"):
        accept(invited, now)
    assert Invitation.objects.get().state == "open"


def test_two_who_invite_at_once_leave_one_link(uninvited, invited, now, monkeypatch):
    """The second did not see the first one's invitation, and so replaced nothing."""
    from django.db.models import QuerySet

    update = QuerySet.update
    monkeypatch.setattr(QuerySet, "update", lambda rows, **to: 0 if rows.model is Invitation else update(rows, **to))
    with refused("invitation_state"):
        actions.invite(by=uninvited.county_leader.actor, now=now, enterprise_id=uninvited.enterprise.id)
    assert Invitation.objects.count() == 1


def test_who_may_invite(uninvited, now):
    firm = uninvited.enterprise.id
    with refused("not_found"):
        actions.invite(by=uninvited.stranger.actor, now=now, enterprise_id=firm)
    uninvited.enterprise.assignments.all().delete()
    with refused("not_yours"):
        actions.invite(by=uninvited.village_cadre.actor, now=now, enterprise_id=firm)
    assert actions.invite(by=uninvited.county_leader.actor, now=now, enterprise_id=firm)


def test_whoever_has_a_sign_in_is_not_invited_again(bound, now):
    with refused("has_sign_in"):
        actions.invite(by=bound.village_cadre.actor, now=now, enterprise_id=bound.enterprise.id)


def test_without_a_credit_code_there_is_nothing_to_bind_to(uninvited, now):
    Enterprise.objects.filter(id=uninvited.enterprise.id).update(credit_code=None)
    with refused("code_absent"):
        actions.invite(by=uninvited.village_cadre.actor, now=now, enterprise_id=uninvited.enterprise.id)


@pytest.mark.slow
def test_from_the_invitation_to_the_first_page(uninvited, known):
    page = f"/enterprises/{uninvited.enterprise.id}/invitation/"
    answer = uninvited.sign_in("village_cadre").post(page)
    link = answer.context["link"]
    assert answer.context["url"].endswith(f"/join/{link.token}/")
    again = uninvited.sign_in("village_cadre").get(page).content.decode()
    assert link.token not in again
    browser = Client()
    assert browser.get(f"/join/{link.token}/")["Referrer-Policy"] == "same-origin"
    assert browser.get("/join/account/").status_code == 410
    said = {"code": f" {link.code[:3]} {link.code[3:]}", "credit_code": known["credit_code"].lower()}
    assert browser.post(f"/join/{link.token}/", said)["Location"] == "/join/account/"
    short = browser.post("/join/account/", {"username": "lin", "password": "abc", "again": "abc"})
    assert short.status_code == 422
    chosen = {"username": "linchang", "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/join/account/", chosen)["Location"] == "/"
    assert "示例机械有限公司" in browser.get("/").content.decode()
    again = Client().post("/account/login/", {"login": "linchang", "password": PASSWORD})
    assert again.status_code == 302


@pytest.mark.slow
def test_the_lists_of_the_office_ask_a_fixed_number_of_queries(uninvited, invited, django_assert_max_num_queries):
    browser = uninvited.sign_in("county_leader")
    for path in ("/enterprises/access/?state=invited", f"/enterprises/{uninvited.enterprise.id}/invitation/"):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200
    assert [line.row.id for line in browser.get("/enterprises/access/?state=invited").context["lines"]] == [
        uninvited.enterprise.id
    ]
    assert browser.get("/enterprises/access/?state=signed").context["page"].paginator.count == 0


def test_the_list_counts_states_and_no_use(uninvited, invited, now):
    counts = queries.access_counts(uninvited.county_leader.actor, queries.Access(), now)
    assert counts == {"all": 1, "signed": 0, "invited": 1, "none": 0}
    columns = {field.name for field in Invitation._meta.fields} | {field.name for field in User._meta.fields}
    assert columns.isdisjoint({"last_login", "opened_at", "viewed_at", "clicks"})
    assert Person.objects.count() == 6


@pytest.mark.slow
def test_a_principal_who_signs_in_is_followed_when_the_roster_names_another(bound, now, today):
    """The declaration of a new principal was taken over: the new one is invited, the old one's access ends with it."""
    Enterprise.objects.filter(id=bound.enterprise.id).update(principal="示例新厂长")
    link = actions.invite(by=bound.village_cadre.actor, now=now, enterprise_id=bound.enterprise.id)
    assert bound.sign_in("principal").get("/our/").status_code == 200
    user = accept(link, now)
    assert [post.person for post in queries.principals(bound.enterprise.id, day=today)] == [user.person]
    assert bound.sign_in("principal").get("/our/").status_code == 302
