"""Whether an enterprise acts: its post gives it itself and no territory."""

from __future__ import annotations

from anwang.domain.base import Actor


def is_enterprise(actor: Actor) -> bool:
    """True for the post of an enterprise; the operator of the command line, who has every role, is none."""
    return bool(actor.territory.enterprises)
