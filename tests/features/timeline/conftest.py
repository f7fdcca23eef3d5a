"""The cadre leads the cast's enterprise, its duties are open; the officer of the township could take it."""

from types import SimpleNamespace

import pytest

from anwang.features.timeline.actions import HandoverData, hand_over
from tests.features.duties.conftest import bound, freeze, opened  # noqa: F401 — the same cast with the same duties


@pytest.fixture
def give(opened, now, today):  # noqa: F811
    """Hand the cadre over to the township's officer, as the county's leader does."""

    def run(kind="retire", who="county_leader", at=now, **asked):
        choice = {"on": today, "takers": {opened.enterprise.id: opened.township_officer.post.id}, **asked}
        data = HandoverData(opened.village_cadre.post.id, kind, **choice)
        return hand_over(by=getattr(opened, who).actor, now=at, data=data)

    return run


@pytest.fixture
def people(opened):  # noqa: F811
    return SimpleNamespace(old=opened.village_cadre.person.id, new=opened.township_officer.person.id)
