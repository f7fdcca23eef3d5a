"""The hand-over lists as content trees (交接清单)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from anwang.domain.base import Grade
from anwang.domain.calendar import local_day
from anwang.domain.documents.handover import GivenDuty, GivenFirm, GivenProblem, HandoverList, handover_list
from anwang.domain.documents.tree import Document
from anwang.domain.ladder.states import State
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.features.problems import queries as problems
from anwang.web.periods import period_words

from ..models import Handover, Why
from .handing import items_of, takers


def lists_of(row: Handover, *, on: date, person: int | None = None) -> list[Document]:
    """One list for each taker (or for one); what is open is what the taker holds, before its day what the giver holds.

    Six queries and four more a taker.
    """
    items = items_of(row, person=person)
    called = grid.names({row.unit, *(item.to_post.unit for item in items)})
    return [_list(row, taker, mine, called, on) for taker, mine in takers(items)]


def _list(row: Handover, taker: Any, items: list[Any], called: dict[int, str], on: date) -> Document:
    firms = {item.enterprise_id: item.enterprise for item in items}
    day = local_day(row.done_at) if row.done_at else on
    holder = taker.id if row.done_at else row.person_id
    held = duties.shown(duties.held_rows(holder, firms, on=day), day)
    if row.until:
        held = [each for each in held if row.done_at or each.due < row.until]
    last = duties.last_contacts(firms, before=day)
    counts: dict[int, int] = {}
    for each in held:
        counts[each.enterprise_id] = counts.get(each.enterprise_id, 0) + 1
    post = items[0].to_post
    return handover_list(
        HandoverList(
            giver=row.person.name, taker=taker.name, kind=_why(row), on=row.on, until=row.until,
            posts=(_title(row.post, called), _title(post, called)), unit=called.get(row.unit, ""),
            firms=[
                GivenFirm(firm.name, policies.current().grade_name(Grade(firm.grade)), firm.principal,
                          counts.get(key, 0), _last(last.get(key)))
                for key, firm in firms.items()
            ],
            duties=[
                GivenDuty(each.enterprise, gettext(each.rule.short), period_words(each.period), each.due)
                for each in held
            ],
            problems=[
                GivenProblem(each.enterprise.name, each.title, gettext(State(each.state).label), each.due)
                for each in problems.followed(_follower(row, taker), firms)
            ],
            open_questions=row.open_questions, made_on=on, number=f"JJ{row.created_at:%Y%m%d}-{row.id}",
        )
    )  # fmt: skip


def _follower(row: Handover, taker: Any) -> int:
    """Who follows the problems when the list is printed: the giver until they went over and after they came back."""
    return int(taker.id if row.carried_at and not row.back_at else row.person_id)


def _title(post: Any, called: dict[int, str]) -> str:
    return f"{post.organisation or called.get(post.unit, '')}{post.label}"


def _why(row: Handover) -> str:
    label = gettext(Why(row.kind).label)
    return f"{label}（{row.note}）" if row.note else label


def _last(contact: Any) -> str:
    if contact is None:
        return "尚无"
    return f"{contact.occurred_on:%Y-%m-%d} {gettext(contact.get_form_display())} {contact.person.name}"
