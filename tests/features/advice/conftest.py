"""The cadre leads the cast's enterprise, the stranger the one next door; the clock of the web stands still."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest

from anwang.features.advice import actions
from anwang.features.advice.actions import Asking, EntryData, MaterialData, NoticeData
from anwang.features.assignments.models import Assignment
from tests.features.advice.files import mp4


def bind(enterprise, member, now, since=date(2026, 10, 1), part="lead"):
    """An assignment as adoption writes it."""
    return Assignment.objects.create(
        enterprise=enterprise, person=member.person, post=member.post, part=part, level=member.post.level,
        county=enterprise.county, township=enterprise.township, valid_from=since, recorded_at=now,
    )  # fmt: skip


@pytest.fixture
def bound(cast, now, freeze):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    return cast


@pytest.fixture
def freeze(monkeypatch, now):
    """The one clock of the web stands still; `freeze(later)` moves it."""

    def stand(at):
        monkeypatch.setattr("anwang.config.access.timezone.now", lambda: at)

    stand(now)
    return stand


@pytest.fixture
def asked(bound, now):
    """The principal asks on the enterprise's page; `asked(text=…)` asks more."""

    def make(by="principal", **other):
        data = {"client_id": uuid4(), "enterprise": bound.enterprise.id, "text": "动火作业由谁审批？",
                "first": bound.village_cadre.person.id}  # fmt: skip
        return actions.ask(by=getattr(bound, by).actor, now=now, data=Asking(**{**data, **other}))

    return make


@pytest.fixture
def entry(bound, now):
    """An answer of the library of the county."""

    def make(title="动火作业由谁审批", text="特级动火由企业分管负责人审批。", by="county_leader", **other):
        said = {"source": "GB 30871—2022", "review_on": date(2027, 11, 24), **other}
        return actions.keep_entry(by=getattr(bound, by).actor, now=now, data=EntryData(title, text, **said))

    return make


@pytest.fixture
def draft(bound, now):
    """A draft of the county's office."""

    def make(by="county_leader", **other):
        said = {"title": "关于加强冬季动火管理的通知", "text": "动火前清理可燃物。", **other}
        return actions.keep_notice(by=getattr(bound, by).actor, now=now, data=NoticeData(**said))

    return make


@pytest.fixture
def issued(bound, draft, now):
    """An issued notice of the county's office, of which the cadre's enterprise is a target."""
    return actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=draft().id)


@pytest.fixture
def film(bound, now):
    """A film in the library of the county."""
    data = MaterialData("机械伤害警示片", "示例制作单位", 12)
    return actions.keep_material(by=bound.county_leader.actor, now=now, data=data, file=BytesIO(mp4()))
