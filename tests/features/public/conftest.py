"""A sheet that hangs at our enterprise, and a paper that can be published."""

from datetime import date

import pytest

from anwang.features.assignments.models import Assignment, Posting
from anwang.features.documents.actions import Issue, issue
from tests.cast import SINCE


def bind(cast, now, firm, person, post):
    """A lead of an enterprise with a sheet that nobody has confirmed."""
    bound = Assignment.objects.create(
        enterprise=firm, person=person, post=post, level="village", county=firm.county, township=firm.township,
        valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    rows = [Issue(f"posting:{bound.id}", "企业安全生产包保督导公示牌", firm.place, {"企业": firm.name})]
    paper = issue(by=cast.system, now=now, kind="posting", pattern="示例示〔{year}〕{number}号", rows=rows)[0]
    return Posting.objects.create(assignment=bound, document=paper, created_at=now)


def hang(sheet, now):
    """It hangs since the first of November."""
    Posting.objects.filter(id=sheet.id).update(posted_on=date(2026, 11, 1), confirmed_at=now, confirmed_by="x")
    return sheet


@pytest.fixture
def sheet(cast, now):
    """The sheet of our enterprise, hanging; the supervisor has an office and a private telephone."""
    person = cast.village_cadre.person
    person.office_phone, person.phone = "0539-8000001", "13900000001"
    person.save()
    return hang(bind(cast, now, cast.enterprise, person, cast.village_cadre.post), now)
