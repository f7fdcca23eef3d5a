"""One step of a complaint: compare-and-set on its state, the words kept, the trail told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.discipline.complaints import State, may_become
from anwang.features.audit import actions as audit

from ..models import Complaint, ComplaintStep


def step(
    row: Complaint, to: State, *, by: Actor, now: datetime, text: str = "", handling: bool = False, **changes: Any
) -> Complaint:
    """Bring a complaint into a state, or refuse `complaint_state` when somebody else was first.

    `by` is as the trail names it; `handling`: the step is of the handling side, which stands with its name.
    """
    insist(may_become(State(row.state), to))
    if not Complaint.objects.filter(id=row.id, state=row.state).update(state=to.value, **changes):
        now_is = State(Complaint.objects.values_list("state", flat=True).get(id=row.id))
        text = gettext_noop("这件投诉已由他人处理，现在是“%(state)s”，请刷新后查看。")
        raise Refusal("complaint_state", text, state=now_is.label)
    ComplaintStep.objects.create(
        complaint_id=row.id, state=to.value, at=now, text=text,
        person_id=by.person_id if handling else None, unit=by.unit if handling else None,
    )  # fmt: skip
    audit.record(by=by, now=now, action=f"complaint.{to.value}", target=f"complaint:{row.id}")
    return Complaint.objects.get(id=row.id)
