"""Letters and sheets by their kind's name, for views, jobs and commands that name no model."""

from __future__ import annotations

from typing import Any

from anwang.domain.base import Actor

from ..models import Commitment, Posting
from .papers import Asked, counts, listing, narrowed, paper_for

MODELS: dict[str, Any] = {"commitment": Commitment, "posting": Posting}


def paper_list(kind: str, actor: Actor, asked: Asked) -> Any:
    """The list of a kind."""
    return listing(MODELS[kind], actor, asked)


def paper_counts(kind: str, actor: Actor, asked: Asked) -> dict[str, int]:
    """How many are open, done, in all."""
    return counts(MODELS[kind], actor, asked)


def open_letters(actor: Actor, asked: Asked) -> Any:
    """Letters that are not signed, for counting."""
    return narrowed(Commitment, actor, asked).filter(signed_at__isnull=True).order_by()


def paper(kind: str, actor: Actor, paper_id: int) -> Any | None:
    """One paper that the actor may see."""
    return paper_for(MODELS[kind], actor, paper_id)


def paper_ids(kind: str, actor: Actor, asked: Asked) -> list[int]:
    """The keys of all that a list shows, in its order."""
    return list(listing(MODELS[kind], actor, asked).values_list("id", flat=True))
