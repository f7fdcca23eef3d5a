"""The page of one receipt, as every act on it shows it again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal
from anwang.domain.duties.rules import FORM_LABELS
from anwang.domain.tasks.redoing import may_redo, may_retract
from anwang.domain.tasks.states import IN_HAND, OPEN, State
from anwang.features.policies import queries as policies
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import DoneForm
from ..models import Receipt

BELOW = 20


def find(request: Request, receipt_id: int) -> Receipt:
    """A receipt that the actor may see."""
    row = queries.find_receipt(receipt_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def show(request: Request, row: Receipt, *, error: Refusal | None = None, form: DoneForm | None = None) -> HttpResponse:
    """The receipt with the acts that are open to this person; a refused act stands above with what was typed."""
    today, names = request.today, queries.unit_names(queries.chain_of(row))
    firms = queries.firms_of(row) if row.firms else []
    below = list(queries.children_of(row)[: BELOW + 1]) if row.handed_at else []
    allowed = may(request, row)
    context = {
        "row": row, "task": row.task, "line": queries.line(row, today, names),
        "path": queries.path_of(row, names, today),
        "firms": firms, "below": queries.lines(below[:BELOW], today), "more_below": len(below) > BELOW,
        "asked": queries.asked_for(row),
        "events": [(_(actions.KINDS.get(each.kind, each.kind)), each) for each in
                   queries.events_of(task=row.task, receipt=row)],
        "files": queries.files_of(row.task, row), "may": allowed, "form": form or done_form(row, firms),
        "forms": list(FORM_LABELS.items()), "error": words(error) if error else "", "today": today,
        "over": queries.kept_too_long(row, today), "page_clause": "附件4.8",
        "open_firms": sum(each.open for each, *_rest in firms), "posted": request.POST,
        "colleagues": queries.colleagues(row, by=request.actor, on=today) if allowed["resend"] else [],
    }  # fmt: skip
    return render(request, "dispatch/receipt.html", context, status=422 if error or form else 200)


def done_form(row: Receipt, firms: list[Any], data: Any = None) -> DoneForm:
    """The result's form with the enterprises that are still open here."""
    choices = [(each.enterprise, name) for each, name, _grade in firms if each.open and each.person == row.person_id]
    return DoneForm(data, firms=choices)


def may(request: Request, row: Receipt) -> dict[str, bool]:
    """Which acts are open: asked of the same rules as the actions."""
    actor = request.actor
    holds, hands = permissions.holds(actor, row), permissions.hands(actor, row)
    owns, in_hand = permissions.owns(actor, row.task), row.state in IN_HAND
    active, below = in_hand or row.state == State.HANDED, not row.firms and row.due >= request.today
    return {
        "receive": holds and row.state == State.ISSUED,
        "work": holds and in_hand,
        "extend": holds and active,
        "hand": holds and in_hand and below and bool(permissions.may_arrange(actor)),
        "urge": (hands or owns) and active and row.urged_on != request.today,
        "answer": hands and row.state == State.RETURNED,
        "resend": hands and row.state == State.RETURNED and not row.firms,
        "take_back": hands and row.state in OPEN,
        "decide": hands or owns,
        "accept": (hands or owns) and row.state == State.DONE and row.accepted_at is None,
        **_back(request, row, holds),
    }


def _back(request: Request, row: Receipt, holds: bool) -> dict[str, bool]:
    """Whether the end may be taken back, by the doer or by a sender."""
    if row.state != State.DONE:
        return {"retract": False, "redo": False}
    days, below = policies.current().budget(request.today).retract_days, permissions.levels_below(request.actor, row)
    above = queries.chain_of(row)[below:] if below is not None else []
    return {
        "retract": holds and bool(may_retract(queries.standing_of(row), request.today, days)),
        "redo": below is not None and bool(may_redo(queries.standing_of(row, above))),
    }
