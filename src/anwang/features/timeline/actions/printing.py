"""The hand-over list as a file for both to sign."""

from __future__ import annotations

from datetime import datetime

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.domain.base import Actor, Refusal, Role, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid

from ..queries import handover_for, lists_of


def print_list(*, by: Actor, now: datetime, handover_id: int, form: str) -> bytes:
    """The lists of a hand-over as PDF or DOCX: all for leaders and the giver, one's own for a taker.

    Refuses `not_found`, `no_list` when nothing is handed over, and what the typesetter refuses.
    """
    row = handover_for(by, handover_id)
    if row is None or form not in ("pdf", "docx"):
        raise Refusal("not_found", gettext_noop("没有找到这次交接，或它不在您的网格内。"))
    whole = row.person_id == by.person_id or (by.has(Role.LEADER, Role.OFFICE) and by.territory.covers(row.unit))
    made = lists_of(row, on=local_day(now), person=None if whole else by.person_id)
    if not made:
        raise Refusal("no_list", gettext_noop("这次交接没有企业要移交，不需要清单。"))
    data = render_pdf(made, made_at=now, replace_missing=True) if form == "pdf" else render_docx(made, made_at=now)
    chain = grid.facts_of(row.unit)[0]
    audit.record(by=by, now=now, action="handover.print", target=f"handover:{row.id}", chain=chain, form=form)
    return data
