"""People, sign-ins, the post worn now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anwang.adapters.crypto.fields import phone_index
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.audit import actions as audit

from .models import Person, User


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person; `phone` is kept encrypted."""

    name: str
    phone: str = ""
    office_phone: str = ""
    is_demo: bool = False


@transaction.atomic
def create_people(*, by: Actor, now: datetime, rows: Sequence[PersonData]) -> list[Person]:
    """Create people in bulk, in the order given."""
    people = [
        Person(
            name=row.name,
            phone=row.phone,
            phone_index=phone_index(row.phone),
            office_phone=row.office_phone,
            is_demo=row.is_demo,
            created_at=now,
        )  # fmt: skip
        for row in rows
    ]
    made = Person.objects.bulk_create(people, batch_size=2000)
    audit.record(by=by, now=now, action="person.create", people=len(made))
    return made


@transaction.atomic
def change_person(*, by: Actor, now: datetime, person_id: int, data: PersonData) -> Person:
    """Correct a person's name or phones; the trail keeps that the phone changed, not the phone."""
    person = Person.objects.select_for_update().get(id=person_id)
    changed = [field for field in ("name", "phone", "office_phone") if getattr(person, field) != getattr(data, field)]
    person.name, person.phone, person.office_phone = data.name, data.phone, data.office_phone
    person.phone_index = phone_index(data.phone)
    person.save()
    audit.record(by=by, now=now, action="person.change", target=f"person:{person.id}", fields=changed)
    return person


@transaction.atomic
def give_sign_in(*, by: Actor, now: datetime, person_id: int, username: str, password: str | None) -> User:
    """A sign-in for a person. Without a password it can only be used by the demo's one-tap roles."""
    if not re.fullmatch(r"[\w.-]{3,40}", username):
        raise Refusal("bad_username", gettext_noop("登录名应为 3 到 40 位字母、数字、汉字、点或横线。"))
    if User.objects.filter(username=username).exists():
        raise Refusal("username_taken", gettext_noop("登录名 %(name)s 已被使用，请换一个。"), name=username)
    user = User(username=username, person_id=person_id)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    audit.record(by=by, now=now, action="user.create", target=f"user:{user.id}", person=person_id)
    return user


def wear_post(*, by: Actor, now: datetime, user_id: int, post_id: int) -> None:
    """Remember the post that this user works in; the caller has checked that it is theirs."""
    with transaction.atomic():
        User.objects.filter(id=user_id).update(current_post=post_id)
        audit.record(by=by, now=now, action="post.wear", target=f"user:{user_id}", post=post_id)
