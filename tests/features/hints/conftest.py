"""Records of the cadre with photos, words, places: told apart by what each test says of them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from anwang.domain.duties.rules import Form
from anwang.features.duties.actions import ContactData, PhotoData, add_photo, record_contact
from anwang.features.hints.actions import find_hints
from anwang.features.hints.models import Hint
from tests.cast import make_enterprise
from tests.features.duties.conftest import bind, bound, freeze, opened  # noqa: F401 — fixtures
from tests.features.duties.pictures import encoded, scene


@pytest.fixture
def firms(opened, now):  # noqa: F811
    """Four enterprises of the cadre."""
    found = [opened.enterprise]
    for number in range(3):
        firm = make_enterprise(f"示例厂{number}", f"MA3PHXT{number}", 371302101201, now)
        bind(firm, opened.village_cadre, now)
        found.append(firm)
    return found


@pytest.fixture
def record(opened, firms, now, today):  # noqa: F811
    """Make a visit of the cadre to an enterprise, `minutes` before now."""

    def make(number=0, photos=(), minutes=60, day=today, who="village_cadre", arrives=now, place=None, **other):
        member = getattr(opened, who)
        data = {
            "client_id": uuid4(), "enterprise": firms[number].id, "person": member.person.id, "form": Form.ON_SITE,
            "occurred_on": day, "note": "到厂", "captured_at": now - timedelta(minutes=minutes),
        }  # fmt: skip
        made = record_contact(by=member.actor, now=arrives, data=ContactData(**{**data, **other})).contact
        for image in photos:
            image = scene(image) if isinstance(image, int) else image
            latitude, longitude = place or (None, None)
            photo = PhotoData(encoded(image, quality=88), None, "", None, latitude, longitude)
            add_photo(by=member.actor, now=arrives, contact_id=made.id, photo=photo)
        return made

    return make


@pytest.fixture
def found(opened, now):  # noqa: F811
    """Look now; the hints that there are, by kind."""

    def look(at=now):
        find_hints(by=opened.system, now=at)
        return [(hint.kind, hint.contact_id, hint.other_id) for hint in Hint.objects.order_by("id")]

    return look
