"""A person together with the first post."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.accounts import actions as accounts
from anwang.features.accounts import queries as account_queries
from anwang.features.accounts.actions import PersonData

from ..queries import root_unit
from .posts import PostData, create_posts


@transaction.atomic
def add_person(*, by: Actor, now: datetime, person: PersonData, post: PostData) -> tuple[int, int]:
    """A new person with a post (whose `person_id` is filled in). Returns both keys.

    Refuses `person_known` when somebody has the same name and phone, and what `create_posts` refuses.
    """
    if person.phone and account_queries.by_phone(person.phone).filter(name=person.name).exists():
        text = gettext_noop("已有同名同号码的人员 %(name)s，请在其页面增加任职，不要重复登记。")
        raise Refusal("person_known", text, name=person.name)
    made = accounts.create_people(by=by, now=now, rows=[person])[0]
    begun = create_posts(by=by, now=now, rows=[replace(post, person_id=made.id)])[0]
    return int(made.id), int(begun.id)


@transaction.atomic
def create_administrator(*, by: Actor, now: datetime, kind: str, name: str, username: str, password: str) -> int:
    """A person, a sign-in and an administrator's post (system_admin, …). Returns the user's key.

    Refuses `grid_missing`, and what giving a sign-in or a post refuses.
    """
    root = root_unit(on=local_day(now))
    if root is None:
        raise Refusal("grid_missing", gettext_noop("还没有区划，请先运行 anwang grid load。"))
    person = accounts.create_people(by=by, now=now, rows=[PersonData(name)])[0]
    user = accounts.give_sign_in(by=by, now=now, person_id=person.id, username=username, password=password)
    create_posts(by=by, now=now, rows=[PostData(person.id, kind, root.code, local_day(now))])
    return int(user.pk)
