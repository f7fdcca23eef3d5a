"""Sign-ins: given, reset, locked; the post worn now. Three administrators share these powers, none has all."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.db import transaction

from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.features.audit import actions as audit

from ..models import User
from ..queries import free_usernames, password_faults

#: No letters or digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in and its initial password, which is shown once and kept nowhere."""

    user_id: int
    username: str
    password: str


def _initial_password() -> str:
    """Twelve letters and digits, about 59 bits, in three groups that can be read aloud."""
    letters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, LENGTH, 4))


def _check_username(username: str) -> None:
    if not re.fullmatch(r"[\w.-]{3,40}", username):
        raise Refusal("bad_username", gettext_noop("登录名应为 3 到 40 位字母、数字、汉字、点或横线。"))
    if User.objects.filter(username=username).exists():
        raise Refusal("username_taken", gettext_noop("登录名 %(name)s 已被使用，请换一个。"), name=username)


def _check_password(password: str, user: User | None = None) -> None:
    if faults := password_faults(password, user):
        raise Refusal("weak_password", gettext_noop("密码不合要求：%(why)s"), why="".join(faults))


@transaction.atomic
def give_sign_in(
    *, by: Actor, now: datetime, person_id: int, username: str, password: str | None, must_change: bool = False
) -> User:
    """A sign-in for a person. Without a password it can only be used by the demo's one-tap roles.

    Refuses `bad_username`, `username_taken`, `has_sign_in`, `weak_password`.
    """
    _check_username(username)
    if User.objects.filter(person_id=person_id).exists():
        raise Refusal("has_sign_in", gettext_noop("此人已有登录名，可以重置密码，不能再开一个。"))
    user = User(username=username, person_id=person_id, must_change=must_change)
    if password:
        _check_password(password)
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    audit.record(by=by, now=now, action="user.create", target=f"user:{user.id}", person=person_id)
    return user


def open_sign_in(*, by: Actor, now: datetime, person_id: int, username: str) -> Opened:
    """A sign-in with an initial password that must be changed at first use."""
    password = _initial_password()
    user = give_sign_in(
        by=by, now=now, person_id=person_id, username=username, password=password, must_change=True
    )  # fmt: skip
    return Opened(user.id, username, password)


@transaction.atomic
def open_sign_ins(
    *, by: Actor, now: datetime, people: Sequence[tuple[int, str]], report: Report = lambda *_: None
) -> list[Opened]:
    """Sign-ins for many people, given as (key, name), each with an initial password; those who have one are left out.

    Hashing is slow on purpose: about a twentieth of a second each.
    """
    have = set(User.objects.exclude(person=None).values_list("person_id", flat=True))
    new = [(key, name) for key, name in people if key not in have]
    users, opened = [], []
    for done, ((key, _name), username) in enumerate(
        zip(new, free_usernames([n for _, n in new]), strict=True), start=1
    ):
        password = _initial_password()
        user = User(username=username, person_id=key, must_change=True)
        user.set_password(password)
        users.append(user)
        opened.append((username, password))
        report(done, len(new), "开通登录")
    made = User.objects.bulk_create(users, batch_size=500)
    audit.record_many(
        by=by, now=now, events=[("user.create", f"user:{user.pk}", {"person": user.person_id}) for user in made]
    )
    return [Opened(int(user.pk), *each) for user, each in zip(made, opened, strict=True)]


@transaction.atomic
def reset_password(*, by: Actor, now: datetime, user_id: int) -> Opened:
    """A new initial password; the old one and every open session end at once. The second factor stays."""
    user = User.objects.select_for_update().get(id=user_id)
    password = _initial_password()
    user.set_password(password)
    user.must_change = True
    user.save(update_fields=["password", "must_change"])
    forget_failures(username=user.username)
    audit.record(by=by, now=now, action="user.reset", target=f"user:{user.id}")
    return Opened(user.id, user.username, password)


@transaction.atomic
def change_own_password(*, by: Actor, now: datetime, user_id: int, password: str) -> None:
    """The owner's own new password. Refuses `weak_password`."""
    user = User.objects.select_for_update().get(id=user_id)
    _check_password(password, user)
    user.set_password(password)
    user.must_change = False
    user.save(update_fields=["password", "must_change"])
    audit.record(by=by, now=now, action="user.password", target=f"user:{user.id}")


@transaction.atomic
def lock_sign_in(*, by: Actor, now: datetime, user_id: int, reason: str) -> None:
    """Lock a sign-in; its sessions end at the next click. Refuses `own_sign_in`, `reason_missing`."""
    if user_id == by.user_id:
        raise Refusal("own_sign_in", gettext_noop("不能锁定自己的登录名。"))
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明锁定的原因。"))
    User.objects.filter(id=user_id).update(is_active=False)
    audit.record(by=by, now=now, action="user.lock", target=f"user:{user_id}", reason=reason.strip()[:200])


@transaction.atomic
def unlock_sign_in(*, by: Actor, now: datetime, user_id: int) -> None:
    """Open a locked sign-in again and forget its failed attempts."""
    user = User.objects.select_for_update().get(id=user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    forget_failures(username=user.username)
    audit.record(by=by, now=now, action="user.unlock", target=f"user:{user_id}")


@transaction.atomic
def drop_second_factor(*, by: Actor, now: datetime, user_id: int) -> None:
    """Take a lost authenticator off a sign-in, so that its owner can set up another."""
    dropped, _ = Authenticator.objects.filter(user_id=user_id).delete()
    audit.record(by=by, now=now, action="user.drop_factor", target=f"user:{user_id}", dropped=dropped)


def forget_factor_use(*, by: Actor, now: datetime, user_id: int) -> None:
    """Strike out when a second factor was last used: the library notes it, nothing needs it (red line 1). No event."""
    Authenticator.objects.filter(user_id=user_id, last_used_at__isnull=False).update(last_used_at=None)


def wear_post(*, by: Actor, now: datetime, user_id: int, post_id: int) -> None:
    """Remember the post that this user works in; the caller has checked that it is theirs."""
    with transaction.atomic():
        User.objects.filter(id=user_id).update(current_post=post_id)
        audit.record(by=by, now=now, action="post.wear", target=f"user:{user_id}", post=post_id)


@transaction.atomic
def choose_language(*, by: Actor, now: datetime, user_id: int, language: str) -> None:
    """The language of a person's pages, mails and digests, on every device. Chosen again it changes nothing."""
    rows = User.objects.filter(id=user_id).exclude(language=language)
    if rows.update(language=language):
        audit.record(by=by, now=now, action="user.language", target=f"user:{user_id}", language=language)


@transaction.atomic
def note_refused_sign_in(*, by: Actor, now: datetime, username: str) -> None:
    """A failed sign-in is kept in the trail (reliability 8). What was typed is kept only when it is a sign-in name."""
    known = User.objects.filter(username=username).values_list("id", flat=True).first()
    target = f"user:{known}" if known else ""
    audit.record(by=by, now=now, action="user.sign_in", target=target, outcome="refused", known=bool(known))


@transaction.atomic
def follow_posts(*, by: Actor, now: datetime, posts: Mapping[int, int]) -> None:
    """After a re-gridding, those who wore an old post wear the one that follows it."""
    for user in User.objects.exclude(current_post=None).only("id", "current_post"):
        if after := posts.get(user.current_post or 0):
            User.objects.filter(id=user.id).update(current_post=after)
