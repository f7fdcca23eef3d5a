"""Reading people and sign-ins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery
from django.utils.translation import gettext

from anwang.adapters.crypto.fields import phone_index
from anwang.domain.base import gettext_noop

from .models import Person, User


def real_names(*, limit: int) -> list[str]:
    """Some people that are not marked as demo."""
    return list(Person.objects.filter(is_demo=False).values_list("name", flat=True)[:limit])


def person(person_id: int) -> Person | None:
    return Person.objects.filter(id=person_id).first()


def counted(person_id: int, **rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each query has, all in one statement: for first pages that say many small numbers."""
    columns = {f"n_{name}": how_many(each) for name, each in rows.items()}
    found = Person.objects.filter(id=person_id).order_by().values(**columns).first() if columns else None
    return {name: found[f"n_{name}"] if found else 0 for name in rows}


def how_many(rows: QuerySet[Any]) -> Subquery:
    """The number of rows, to stand beside those of another query."""
    # COUNT as a plain function: as an aggregate it would group, and no rows would give no number.
    return Subquery(rows.order_by().values(n=Func(F("pk"), function="COUNT", output_field=IntegerField())))


def by_phone(phone: str) -> QuerySet[Person]:
    """People with this phone, found by its blind index."""
    return Person.objects.filter(phone_index=phone_index(phone)) if phone else Person.objects.none()


def people() -> QuerySet[Person]:
    """Everybody, with the sign-in; the caller narrows it to a territory."""
    return Person.objects.select_related("user")


def called(text: str) -> Q:
    """People of a name (or a part of it), or with exactly this phone."""
    digits = "".join(c for c in text if c.isdigit())
    condition = Q(name__icontains=text.strip())
    return condition | Q(phone_index=phone_index(digits)) if len(digits) >= 7 else condition


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Names of people by key."""
    found: dict[int, str] = {}
    wanted = list(set(ids))
    for start in range(0, len(wanted), 800):
        found |= dict(Person.objects.filter(id__in=wanted[start : start + 800]).values_list("id", "name"))
    return found


def languages_of(ids: Iterable[int]) -> dict[int, str]:
    """The language that people chose for what is sent to them; those who chose none are left out. One query a 800."""
    found: dict[int, str] = {}
    wanted = list(set(ids))
    for start in range(0, len(wanted), 800):
        rows = User.objects.filter(person_id__in=wanted[start : start + 800]).exclude(language="")
        found |= dict(rows.values_list("person_id", "language"))
    return found


def language_of(user_id: int | None) -> str:
    """The language that a sign-in chose, or nothing."""
    return User.objects.filter(id=user_id or 0).values_list("language", flat=True).first() or ""


def named_like(words: str) -> QuerySet[Person, int]:
    """Keys of people with these words in the name; the caller narrows the territory."""
    return Person.objects.filter(name__icontains=words.strip()).values_list("id", flat=True)


def sign_ins() -> QuerySet[User]:
    """All sign-ins with their people, in the order of names."""
    return User.objects.filter(person__isnull=False).select_related("person").order_by("username")


def sign_in_called(text: str) -> Q:
    """Sign-ins by a part of their name or of their person's."""
    return Q(username__icontains=text.strip()) | Q(person__name__icontains=text.strip())


def sign_in(user_id: int) -> User | None:
    """One sign-in with its person."""
    return sign_ins().filter(id=user_id).first()


def with_second_factor(user_ids: Iterable[int]) -> set[int]:
    """Those of the users that have set up an authenticator app."""
    rows = User.objects.filter(id__in=list(user_ids), authenticator__type="totp")
    return set(rows.values_list("id", flat=True))


def free_username(name: str) -> str:
    """A sign-in name from a person's name in pinyin, with a number when it is taken: zhangwei, zhangwei2."""
    return free_usernames([name])[0]


def free_usernames(names: Sequence[str]) -> list[str]:
    """A free sign-in name for each of the names, all different."""
    from pypinyin import lazy_pinyin  # its tables take 50 MB that nothing else needs

    taken = set(User.objects.values_list("username", flat=True))
    made = []
    for name in names:
        plain = "".join(c for c in "".join(lazy_pinyin(name)).lower() if c.isascii() and c.isalnum())[:30]
        base = plain if len(plain) > 2 else f"{plain}user"
        made.append(next(word for n in count(1) if (word := base if n == 1 else f"{base}{n}") not in taken))
        taken.add(made[-1])
    return made


def by_natural_key(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    """People by (name, phone), the phone found by its blind index."""
    wanted = {(name, phone_index(phone)): (name, phone) for name, phone in keys}
    found: dict[tuple[str, str], Person] = {}
    names = sorted({name for name, _ in wanted})
    for start in range(0, len(names), 500):
        for row in Person.objects.filter(name__in=names[start : start + 500]).order_by("-id"):
            if key := wanted.get((row.name, row.phone_index)):
                found[key] = row
    return found


#: Sentences of ours where the framework's Chinese catalogue is silent.
_PASSWORD_WORDS = {"password_too_short": gettext_noop("密码太短，至少要 %(min_length)s 位。")}


def password_faults(password: str, user: User | None = None) -> list[str]:
    """What is wrong with a password, as sentences in the reader's language; empty when it will do."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [
            gettext(_PASSWORD_WORDS[each.code]) % (each.params or {})
            if each.code in _PASSWORD_WORDS
            else each.messages[0]
            for each in error.error_list
        ]
    return []
