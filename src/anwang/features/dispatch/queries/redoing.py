"""How an end stands when somebody wants to take it back: accepted by whom, by whose work, in a task that runs."""

from __future__ import annotations

from collections.abc import Sequence

from anwang.domain.calendar import local_day
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.redoing import Standing
from anwang.domain.tasks.states import State
from anwang.features.duties import queries as duties

from ..models import Receipt
from .visible import chain_of

#: What has ended, and not by being done: below it nothing is to be worked on.
_CLOSED = (State.COVERED, State.REPLACED, State.WITHDRAWN)


def standing_of(receipt: Receipt, accepters: Sequence[Receipt] | None = None) -> Standing:
    """Whether it may be taken back is decided by this. `accepters`: the receipts of its chain whose acceptance stands
    in the way, None for all of them."""
    chain = chain_of(receipt)
    inside = chain if accepters is None else accepters
    by = next((row.accepted_by for row in inside if row.accepted_at), "")
    over = receipt.task.state not in (Stage.ISSUED, Stage.FINISHED) or any(row.state in _CLOSED for row in chain[1:])
    ended = local_day(receipt.ended_at) if receipt.ended_at else None
    return Standing(State(receipt.state), ended, by, receipt.handed_at is not None and _rolled(receipt), over)


def _rolled(receipt: Receipt) -> bool:
    return receipt.children.filter(state=State.DONE).exists()


def own_records(receipt: Receipt) -> dict[int, duties.TaskRecord]:
    """By enterprise what stands in the ledger as done for a receipt with enterprises."""
    firms = list(receipt.task_firms.values_list("enterprise_id", flat=True))
    return {each.enterprise: each for each in duties.task_records(receipt.task_id, firms)}
