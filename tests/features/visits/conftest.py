"""The cadre leads the cast's enterprise, the township officer goes along; what is owed is open since November."""

from datetime import date

import pytest

from anwang.features.assignments.models import Assignment
from anwang.features.duties.actions import open_duties


def bind(enterprise, member, now, since=date(2026, 10, 1), part="lead"):
    """An assignment as adoption writes it."""
    return Assignment.objects.create(
        enterprise=enterprise, person=member.person, post=member.post, part=part, level=member.post.level,
        county=enterprise.county, township=enterprise.township, valid_from=since, recorded_at=now,
    )  # fmt: skip


@pytest.fixture
def bound(cast, now):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.enterprise, cast.township_officer, now, part="joint")
    bind(cast.elsewhere, cast.stranger, now)
    return cast


@pytest.fixture
def opened(bound, now, freeze):
    """The duties of today are open, and the browser's clock stands at `now`."""
    open_duties(by=bound.system, now=now)
    return bound


@pytest.fixture
def freeze(monkeypatch, now):
    """The one clock of the web stands still; `freeze(later)` moves it."""

    def stand(at):
        monkeypatch.setattr("anwang.config.access.timezone.now", lambda: at)

    stand(now)
    return stand
