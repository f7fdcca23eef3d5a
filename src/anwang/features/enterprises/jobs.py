"""Long work of the roster: reading an upload, carrying it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from anwang.domain.base import Actor, Reason, Refusal, gettext_noop
from anwang.features.accounts import queries as accounts
from anwang.features.grid import queries as grid
from anwang.web.reasons import words

from . import actions

Report = Callable[[int, int, str], None]


def _actor(work: Any) -> Actor:
    """Whoever asked for the work, in the post worn then. Refuses `post_ended` when that is over."""
    user = accounts.sign_in(work.user_id)
    if user is not None:
        user.current_post = work.post_id
        actor = grid.actor_for(user, now=timezone.now())
        if actor is not None and actor.post_id == work.post_id:
            return actor
    raise Refusal("post_ended", gettext_noop("申请这项处理的任职已经结束。"))


def say(reason: Reason) -> str:
    """A reason in the reader's language."""
    return words(reason)


def read(report: Report, work: Any, import_id: int) -> dict[str, Any]:
    """Read an upload for its preview."""
    actions.read_import(by=_actor(work), now=timezone.now(), import_id=import_id, say=say, report=report)
    return {"id": import_id}


def apply(report: Report, work: Any, import_id: int) -> dict[str, Any]:
    """Carry an import out."""
    row = actions.apply_import(by=_actor(work), now=timezone.now(), import_id=import_id, report=report)
    return {"id": import_id, "change": row.change_id}
