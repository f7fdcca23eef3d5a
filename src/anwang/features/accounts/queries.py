"""Reading people and sign-ins."""

from __future__ import annotations

from django.db.models import QuerySet

from anwang.adapters.crypto.fields import phone_index

from .models import Person, User


def real_names(*, limit: int) -> list[str]:
    """Some people that are not marked as demo."""
    return list(Person.objects.filter(is_demo=False).values_list("name", flat=True)[:limit])


def person(person_id: int) -> Person | None:
    return Person.objects.filter(id=person_id).first()


def by_phone(phone: str) -> QuerySet[Person]:
    """People with this phone, found by its blind index."""
    return Person.objects.filter(phone_index=phone_index(phone)) if phone else Person.objects.none()


def user_of(person_id: int) -> User | None:
    """The person's sign-in."""
    return User.objects.filter(person_id=person_id).first()
