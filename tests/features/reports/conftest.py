"""The cadre leads the cast's enterprise; somebody who works there reports."""

from uuid import uuid4

import pytest

from anwang.domain.reports.cases import Kind
from anwang.features.reports import actions
from anwang.features.reports.actions import Told
from anwang.features.reports.models import Report
from tests.features.duties.conftest import bind

NAME, PHONE = "举报人金丝雀", "13900001234"
WORDS = "咱车间那台老冲床的光栅叫人给短接了俺亲眼瞅见的"
TOLD = "冲压车间一台设备的安全装置失效"


@pytest.fixture
def bound(cast, now, monkeypatch):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    return cast


@pytest.fixture
def file(bound, now):
    """(report, code) of a report through the public page's action."""

    def make(**other):
        told = {"nonce": str(uuid4()), "enterprise": bound.enterprise.id, "kind": Kind.HAZARD, "words": WORDS}
        told |= {"name": NAME, "phone": PHONE} | other
        made = actions.file_report(by=bound.system, now=now, told=Told(**told))
        return Report.objects.latest("id"), made.code

    return make


@pytest.fixture
def sent(bound, file, now):
    """(report, code): a clerk of the county has put it into other words; it lies at the township's desk."""
    row, code = file()
    word = row.words.get()
    actions.retell(by=bound.county_leader.actor, now=now, report_id=row.id, word_id=word.id, text=TOLD)
    row.refresh_from_db()
    return row, code


@pytest.fixture
def accepted(bound, sent, now):
    """The report at the township's desk, accepted."""
    return actions.accept(by=bound.township_officer.actor, now=now, report_id=sent[0].id)
