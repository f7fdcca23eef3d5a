"""Every address × everybody × at home and elsewhere, reading and writing. Made from the URLconf: a new address is in it
without being named, and one that names a new kind of object fails until `ours` has such an object."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from anwang.config.access import AccessMiddleware, opens, pages
from anwang.domain.base import Actor, Level, Right, Role
from anwang.features.accounts.models import Person, User
from anwang.features.audit.models import AuditEvent
from anwang.features.grid.models import Post
from anwang.features.grid.queries import actor_of, facts_of
from anwang.features.problems.models import Referral
from tests.cast import LANSHAN, LUOZHUANG, SINCE, TOWNSHIP, make_enterprise
from tests.contract.test_strangers import guarded, ours, paths  # noqa: F401 — one of every kind of object
from tests.contract.walls import OPEN, SHARED, UNREACHED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEAR, FAR = 371302101202, 371311001001
#: key → (kind of post, unit, enterprise: "near", "far" or ""). Nobody of them has anything to do with what is ours.
OTHERS = {
    "far_cadre": ("village_principal", FAR, ""),
    "far_department": ("department", LUOZHUANG, ""),
    "far_principal": ("principal", FAR, "far"),
    "near_cadre": ("village_deputy", NEAR, ""),
    "near_department": ("department", TOWNSHIP, ""),
    "near_principal": ("principal", 371302101201, "near"),
    "near_staff": ("staff", 371302101201, "near"),
}
HOME = ("village_cadre", "township_officer", "county_leader", "city_office", "principal", "staff", "department")
MARKS = ("示例机械有限公司", "示例村主任", "371302MA3EXAM1", "锅炉房")
#: What a page may be asked for beside its address: every name of an object that a query string has.
ASKED = ("enterprise", "person", "post", "unit", "contact", "plan", "problem", "task", "visit", "notice", "report")


def plain():
    """(name, path) of every guarded address that names no object."""

    def walk(patterns):
        for each in patterns:
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns)
            elif not getattr(each.pattern, "converters", None):
                yield each.name

    for name in dict.fromkeys(walk(get_resolver().url_patterns)):
        if pages().get(name, "anyone") != "anyone":
            yield name, reverse(name)


def member(kind, unit, firm, now, name, giver=None):
    """A person in a post; an enterprise's belongs to it."""
    level = Level.ENTERPRISE if firm else {0: Level.VILLAGE}.get(unit % 1000 == 0, Level.TOWNSHIP)
    level = Level.COUNTY if unit % 10**6 == 0 else level
    county, township = facts_of(unit)
    person = Person.objects.create(name=name, is_demo=True, created_at=now)
    post = Post.objects.create(
        person=person, kind=kind, level=level, unit=unit, county=county, township=township, valid_from=SINCE,
        recorded_at=now, enterprise_id=firm.id if firm else None, is_supervisor=kind.startswith("village"),
        rights=[right.value for right in Right] if giver else [], given_by=giver.person if giver else None,
    )  # fmt: skip
    user = User.objects.create(username=name, person=person)
    return SimpleNamespace(
        person=person, post=post, user=user, actor=actor_of(post, user_id=user.id, leads=False)
    )  # fmt: skip


@pytest.fixture
def everybody(cast, now):
    """The cast, the others, our enterprise's staff with every right, and a department."""
    firms = {
        "near": make_enterprise("示例近邻有限公司", "MA3EXAM3", 371302101201, now),
        "far": cast.elsewhere,
        "": None,
    }
    for key, (kind, unit, firm) in OTHERS.items():
        giver = cast.near_principal if kind == "staff" else None
        setattr(cast, key, member(kind, unit, firms[firm], now, key, giver))
    cast.department = member("department", LANSHAN, None, now, "department")
    cast.staff = member("staff", 371302101201, cast.enterprise, now, "staff", cast.principal)
    return cast


@pytest.fixture
def asked(everybody, ours, now):  # noqa: F811
    """The same, with what is ours; the department was asked about our problem."""
    Referral.objects.create(
        problem_id=ours["problem_id"], post=everybody.department.post, person=everybody.department.person,
        due=SINCE, by="x", at=now,
    )  # fmt: skip
    return everybody


def query_of(ours):  # noqa: F811
    """A query string that names ours."""
    return {key: ours[f"{key}_id"] for key in ASKED if f"{key}_id" in ours}


def told(found):
    """All of it, a line each."""
    return "\n".join(sorted({str(each) for each in found}))


def content(answer):
    """What came back as text: a workbook is unpacked."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(each) for each in packed.namelist())
    return data.decode("utf-8", "ignore")


@pytest.mark.parametrize("role", [*Role, None])
def test_the_door_opens_to_the_roles_of_an_address_and_to_nobody_else(everybody, role):
    door, wrong = AccessMiddleware(lambda request: None), []
    for name in {name for name, _path in plain()} | {name for name, _parameters in guarded()}:
        for method in ("get", "post"):
            request = getattr(RequestFactory(), method)("/")
            request.user = everybody.city_office.user if role else SimpleNamespace(is_authenticated=False)
            request.actor = Actor("x", frozenset({role})) if role else None
            request.resolver_match = SimpleNamespace(url_name=name)
            try:
                answer = door.process_view(request, None, (), {})
                opened = answer is None
            except Http404:
                opened = False
            if opened != (role is not None and (pages()[name] == "signed_in" or role in pages()[name])):
                wrong.append((name, method))
    assert wrong == []


def test_the_signed_out_are_sent_to_sign_in_from_every_guarded_address(ours):  # noqa: F811
    browser, found = Client(), []
    for _name, path in [*plain(), *paths(ours)]:
        for answer in (browser.get(path), browser.post(path)):
            if answer.status_code != 302 or not answer["Location"].startswith("/account/login/?next="):
                found.append((answer.request["REQUEST_METHOD"], path, answer.status_code))
    assert found == []


def test_what_anybody_may_open_is_named_here():
    assert {name for name, allowed in pages().items() if allowed == "anyone"} == OPEN


def may_open(cast, who):
    """The names of addresses whose door is open to a person."""
    actor = getattr(cast, who).actor
    return {name for name, allowed in pages().items() if allowed == "signed_in" or opens(actor, name)}


@pytest.mark.parametrize("who", OTHERS)
def test_others_find_no_object_of_ours_and_change_none(asked, ours, who):  # noqa: F811
    browser, found = asked.sign_in(who), set()
    allowed, shared = may_open(asked, who), SHARED.get(who, set())
    before = AuditEvent.objects.latest("id").id
    for name, path in paths(ours):
        if name in allowed:
            for answer in (browser.get(path), browser.post(path, {"reason": "x", "text": "x", "answer": "x"})):
                if answer.status_code not in {404, 405}:
                    found.add((answer.request["REQUEST_METHOD"], name, answer.status_code))
    beyond = sorted(each for each in found if each[1] not in shared)
    assert not beyond, told(beyond)
    own = AuditEvent.objects.filter(id__gt=before, chain=LANSHAN // 10**6)
    assert not [each.action for each in own if not who.startswith("near")]


@pytest.mark.parametrize("who", [*OTHERS, "stranger"])
def test_no_page_of_others_shows_what_is_ours_whatever_it_is_asked_for(asked, ours, who):  # noqa: F811
    browser, found = asked.sign_in(who), []
    query = query_of(ours) | {"unit": TOWNSHIP, "code": TOWNSHIP, "scope": "all", "format": "xlsx", "q": "示例机械"}
    for name, path in plain():
        if name in may_open(asked, who) - SHARED.get(who, set()) and not name.startswith(("account_", "mfa_")):
            for answer in (browser.get(path, query), browser.get(path), browser.post(path, query)):
                said = content(answer).replace("“示例机械”", "").replace('value="示例机械"', "")
                found += [(name, answer.request["REQUEST_METHOD"], mark) for mark in MARKS if mark in said]
    assert not found, told(found)


def test_every_address_opens_to_somebody_and_breaks_for_nobody(asked, ours):  # noqa: F811
    reached, query, objects = set(), query_of(ours), {name for name, _parameters in guarded()}
    for who in HOME:
        browser, allowed = asked.sign_in(who), may_open(asked, who)
        for name, path in [*plain(), *paths(ours)]:
            if name in allowed:
                answer = browser.get(path, {} if name in objects else query)
                assert answer.status_code < 500, (who, path)
                content(answer)
                if answer.status_code != 404:
                    reached.add(name)
    everything = {name for name, _path in [*plain(), *paths(ours)]}
    roles = set().union(*(getattr(asked, who).actor.roles for who in HOME))
    meant = {name for name in everything if pages()[name] == "signed_in" or roles & set(pages()[name])}
    assert meant - reached == UNREACHED, told((meant - reached) ^ UNREACHED)


@pytest.mark.parametrize("who", HOME)
def test_an_empty_form_breaks_no_address(asked, ours, who):  # noqa: F811
    browser, allowed = asked.sign_in(who), may_open(asked, who)
    for name, path in paths(ours):
        if name in allowed:
            assert browser.post(path, {}).status_code < 500, (name, path)
