"""The cadre leads the cast's enterprise since October and was there twice this month."""

from datetime import date, timedelta

import pytest

from anwang.domain.duties.rules import Form
from anwang.features.duties.actions import open_duties, record_contact
from tests.features.duties.conftest import bind
from tests.features.duties.records import contact_of


@pytest.fixture
def opened(cast, now, monkeypatch):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    open_duties(by=cast.system, now=now)
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    return cast


@pytest.fixture
def visited(opened, now, today):
    """Visits by the cadre three and ten days ago."""
    opened.visits = [
        record_contact(
            by=opened.village_cadre.actor, now=now,
            data=contact_of(opened, today - timedelta(days=back), form=Form.ON_SITE, note="看了车间"),
        ).contact
        for back in (3, 10)
    ]  # fmt: skip
    return opened


@pytest.fixture
def since():
    return date(2026, 10, 1)
