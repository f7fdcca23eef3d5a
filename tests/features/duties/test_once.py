"""A record is recorded once: however often it is sent, in whatever order, from two tabs at the same moment."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.domain.duties.rules import Form
from anwang.features.duties.actions import ContactData, Entry, PhotoData, add_photo, record_contact
from anwang.features.duties.models import Contact, Fulfilment, Obligation, Photo
from anwang.features.duties.queries import tally_faults

from .conftest import bound, freeze, opened  # noqa: F401 — fixtures
from .pictures import jpeg
from .test_recording import answers_for

pytestmark = pytest.mark.slow
PICTURES = [jpeg(seed, quality=40) for seed in range(3)]


def call(opened, today, number=1, **other):  # noqa: F811
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    entries = (Entry("N7.2", row.id, answers_for("N7.2", today)),) if number == 1 else ()
    return ContactData(
        UUID(int=number, version=4), opened.enterprise.id, opened.village_cadre.person.id, Form.CALL, today, entries,
        note=f"记录 {number}", **other,
    )  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 40)), min_size=1, max_size=12))
def test_whatever_is_sent_again_nothing_is_recorded_twice(opened, today, now, sent):  # noqa: F811
    """Three records, three photos each, in any order with repeats: each is there once, and the tally holds."""
    by = opened.village_cadre.actor
    Photo.objects.all().delete()
    Fulfilment.objects.all().delete()
    Contact.objects.all().delete()
    wanted, photos = set(), set()
    before = Obligation.objects.filter(done_at__isnull=False).count()
    for number, picture, minutes in sent:
        at = now + timedelta(minutes=minutes)
        kept = record_contact(by=by, now=at, data=call(opened, today, 1 + number, captured_at=at, sent_at=at))
        assert kept.again == (number in wanted)
        wanted.add(number)
        if picture:
            photo = PhotoData(PICTURES[picture - 1], UUID(int=picture, version=4))
            assert add_photo(by=by, now=at, contact_id=kept.contact.id, photo=photo).again == (
                (number, picture) in photos
            )
            photos.add((number, picture))
    assert (Contact.objects.count(), Photo.objects.count()) == (len(wanted), len(photos))
    assert Obligation.objects.filter(done_at__isnull=False).count() == before
    assert tally_faults() == []


@pytest.mark.django_db
def test_the_second_of_two_that_did_not_see_each_other_finds_the_first(opened, today, now, monkeypatch):  # noqa: F811
    """As on PostgreSQL, where both look before either is committed."""
    by, data = opened.village_cadre.actor, call(opened, today)
    first = record_contact(by=by, now=now, data=data)
    looks, real = [], Contact.objects.filter

    def blind(**asked):
        looks.append(asked)
        return Contact.objects.none() if len(looks) == 1 else real(**asked)

    monkeypatch.setattr(Contact.objects, "filter", blind)
    again = record_contact(by=by, now=now, data=data)
    assert (again.again, again.contact.id) == (True, first.contact.id)
    assert tally_faults() == []


@pytest.mark.django_db
def test_the_second_of_two_same_photos_finds_the_first_and_leaves_no_file(opened, today, now, monkeypatch, settings):  # noqa: F811
    from pathlib import Path

    from anwang.features.duties.actions import photos as module

    by = opened.village_cadre.actor
    contact = record_contact(by=by, now=now, data=call(opened, today)).contact
    photo = PhotoData(PICTURES[0], UUID(int=1, version=4))
    first = add_photo(by=by, now=now, contact_id=contact.id, photo=photo)
    looks, real = [], module._known

    def blind(*asked):
        looks.append(asked)
        return None if len(looks) == 1 else real(*asked)

    monkeypatch.setattr(module, "_known", blind)
    files = len(list((Path(settings.MEDIA_ROOT) / "photos").iterdir()))
    again = add_photo(by=by, now=now, contact_id=contact.id, photo=photo)
    assert (again.again, again.photo.id) == (True, first.photo.id)
    assert len(list((Path(settings.MEDIA_ROOT) / "photos").iterdir())) == files
