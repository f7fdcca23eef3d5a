"""挂牌督办 of a major hazard: the level puts it under supervision by name and issues a 督办函."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.documents.supervision import TITLE, Supervised, supervision_letter
from anwang.features.audit import actions as audit
from anwang.features.documents import actions as documents
from anwang.features.documents.actions import Issue
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from .. import permissions
from ..models import Problem
from ..queries.visible import case_of, find, line_of
from .notifying import inform
from .turning import Said, seen, turn, written


@transaction.atomic
def supervise(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """挂牌督办: issue the letter with what is demanded; what it says is kept with its number. Refusals: as `accept`,
    listed_already, list_level, text_missing."""
    row = seen(problem_id, "supervise", by, version)
    demand = written(text, gettext_noop("请写明督办要求。"), 500)
    called = grid.names([row.unit]).get(row.unit, "")
    listed = {
        "agency": f"{called}企业安全生产包保督导工作领导小组", "addressee": _addressee(row), "demand": demand,
        "due": str(row.act_on or row.due),
    }  # fmt: skip
    # What the verification page shows: nothing of the hazard itself.
    facts = {gettext_noop("企业"): row.enterprise.name, gettext_noop("期限"): listed["due"]}
    issue = Issue(f"problem:{row.id}", TITLE, row.unit, facts)
    paper = documents.issue(by=by, now=now, kind="supervision_letter", pattern=_pattern(), rows=[issue])[0]
    said = Said("supervise", f"{paper.number} {demand}")
    row = turn(row, case_of(row), said, by=by, now=now, listed_at=now, letter_id=paper.id, listed=listed)
    people = {row.tracker_id, row.actor_person_id}
    inform(row, "problem_up", people, by=by, now=now, text=demand)
    return row


def _addressee(row: Problem) -> str:
    """The unit below the one that supervises, in whose area the enterprise lies; the enterprise where there is none."""
    chain = [unit for unit, _level in line_of(row.enterprise.place)]
    index = chain.index(row.unit) if row.unit in chain else 0
    below = grid.names([chain[index - 1]]).get(chain[index - 1], "") if index else ""
    return below or row.enterprise.name


def _pattern() -> str:
    """临应急督〔{year}〕{number}号, from the agency code of the policy's own number."""
    agency = policies.current().meta.document_number.split("〔")[0].removesuffix("发")
    return f"{agency}督〔{{year}}〕{{number}}号"


def letter(*, by: Actor, now: datetime, problem_id: int, form: str) -> bytes:
    """The bytes of the 督办函 as pdf or docx, made from what was kept when it was issued. Refusals: not_found,
    no_letter, bad_format. An enterprise reads its own."""
    row = find(problem_id, by=by)
    if row is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    paper = row.letter
    if paper is None:
        raise Refusal("no_letter", gettext_noop("这个问题没有挂牌督办。"))
    if form not in ("pdf", "docx"):
        raise Refusal("bad_format", gettext_noop("格式只有 pdf、docx。"))
    kept = row.listed
    document = supervision_letter(
        Supervised(
            number=paper.number, agency=kept["agency"], addressee=kept["addressee"], enterprise=row.enterprise.name,
            title=row.title, text=row.text, spot=row.spot, found_on=row.found_on, demand=kept["demand"],
            due=kept["due"], issued_on=local_day(paper.issued_at),
            verify_url=f"{settings.PUBLIC_URL}{reverse('document_verify', args=[paper.token])}",
        )
    )  # fmt: skip
    audit.record(by=by, now=now, action="problem.letter", target=f"problem:{row.id}", chain=row.county, form=form)
    made = paper.issued_at
    if form == "pdf":
        return render_pdf(document, made_at=made, replace_missing=True)
    return render_docx(document, made_at=made)
