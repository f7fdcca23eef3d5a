"""What happened to one obligation: who had it, who explained, what met it."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Fulfilment, Obligation, Transfer, Unable


@dataclass(frozen=True, slots=True)
class Trail:
    """The transfers, explanations and records of an obligation, oldest first."""

    transfers: list[Transfer]
    unables: list[Unable]
    fulfilments: list[Fulfilment]


def trail(row: Obligation) -> Trail:
    """Three queries."""
    return Trail(
        list(row.transfers.select_related("from_person", "to_person").order_by("id")),
        list(row.unables.order_by("id")),
        list(row.fulfilments.select_related("contact__person").order_by("id")),
    )
