"""Sign-ins: given once, reset, locked; phones that the database cannot tell."""

from __future__ import annotations

import pytest
from django.db import connection

from anwang.domain.base import SYSTEM
from anwang.features.accounts import actions, queries
from anwang.features.accounts.actions import PersonData
from anwang.features.accounts.models import Person, User
from anwang.features.audit import queries as audit
from anwang.features.audit.models import AuditEvent
from tests.refusals import refused

PHONE = "13905391234"


@pytest.fixture
def person(db, now) -> Person:
    return actions.create_people(by=SYSTEM, now=now, rows=[PersonData("示例人", PHONE)])[0]


def test_the_database_holds_no_phone_in_clear(person):
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_person")
        raw = b"|".join(
            str(v).encode() if not isinstance(v, bytes | memoryview) else bytes(v) for v in cursor.fetchone()
        )
    assert PHONE.encode() not in raw
    assert b"0539" not in raw
    assert Person.objects.get(id=person.id).phone == PHONE


def test_equal_phones_are_found_without_decrypting(person):
    assert list(queries.by_phone(PHONE)) == [person]
    assert list(queries.by_phone("13905391235")) == []


def test_a_list_shows_the_ends_of_a_phone_only(person):
    assert person.masked_phone == "139****1234"


def test_the_whole_phone_is_shown_for_a_reason_that_the_trail_keeps(person, now):
    with refused("reason_missing"):
        actions.unmask_phone(by=SYSTEM, now=now, person_id=person.id, reason=" ")
    assert actions.unmask_phone(by=SYSTEM, now=now, person_id=person.id, reason="督导前联系") == PHONE
    event = AuditEvent.objects.get(action="person.unmask")
    assert (event.target, audit.body_of(event)) == (f"person:{person.id}", {"reason": "督导前联系"})


def test_the_trail_of_a_person_names_no_phone(person, now):
    actions.change_person(by=SYSTEM, now=now, person_id=person.id, data=PersonData("示例人", "13900000000"))
    assert not [body for body in AuditEvent.objects.values_list("body", flat=True) if "139" in body]


@pytest.mark.slow
def test_a_given_password_works_once_and_must_be_changed(person, now):
    opened = actions.open_sign_in(by=SYSTEM, now=now, person_id=person.id, username="shili")
    user = User.objects.get(id=opened.user_id)
    assert user.check_password(opened.password)
    assert user.must_change
    actions.change_own_password(by=SYSTEM, now=now, user_id=user.id, password="another-long-9")
    user.refresh_from_db()
    assert not user.must_change
    assert not user.check_password(opened.password)


@pytest.mark.slow
def test_two_sign_ins_for_one_person_are_refused(person, now):
    actions.open_sign_in(by=SYSTEM, now=now, person_id=person.id, username="shili")
    with refused("has_sign_in"):
        actions.open_sign_in(by=SYSTEM, now=now, person_id=person.id, username="shili2")


@pytest.mark.parametrize(
    ("username", "code"), [("a", "bad_username"), ("a b c", "bad_username"), ("taken", "username_taken")]
)
def test_a_sign_in_name_is_well_formed_and_free(person, now, username, code):
    User.objects.create(username="taken")
    with refused(code):
        actions.open_sign_in(by=SYSTEM, now=now, person_id=person.id, username=username)


@pytest.mark.parametrize("password", ["short", "password123", "0123456789"])
def test_a_weak_password_is_refused(person, now, password):
    with refused("weak_password"):
        actions.give_sign_in(by=SYSTEM, now=now, person_id=person.id, username="shili", password=password)
    assert not User.objects.filter(username="shili").exists()


@pytest.mark.slow
def test_a_sign_in_name_from_a_name_gets_a_number_when_taken(db):
    assert queries.free_username("示例人") == "shiliren"
    User.objects.create(username="shiliren")
    assert queries.free_username("示例人") == "shiliren2"


def test_nobody_locks_his_own_sign_in(cast, now):
    actor = cast.city_office.actor
    with refused("own_sign_in"):
        actions.lock_sign_in(by=actor, now=now, user_id=actor.user_id, reason="试一试")


def test_no_column_tells_when_somebody_signed_in():
    assert "last_login" not in {field.name for field in User._meta.get_fields()}


@pytest.mark.slow
def test_many_sign_ins_at_once_have_different_names_and_passwords(db, now):
    people = actions.create_people(
        by=SYSTEM, now=now, rows=[PersonData("张伟"), PersonData("张伟"), PersonData("张威")]
    )
    pairs = [(person.id, person.name) for person in people]
    opened = actions.open_sign_ins(by=SYSTEM, now=now, people=pairs)
    assert [each.username for each in opened] == ["zhangwei", "zhangwei2", "zhangwei3"]
    assert len({each.password for each in opened}) == 3
    assert User.objects.get(username="zhangwei3").check_password(opened[2].password)
    assert actions.open_sign_ins(by=SYSTEM, now=now, people=pairs) == []
