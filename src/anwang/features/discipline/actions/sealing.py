"""The trail of what an enterprise says about visits names no person: who may read the trail may not know who spoke."""

from __future__ import annotations

from dataclasses import replace

from anwang.domain.base import Actor, gettext_noop

SEALED = gettext_noop("企业（身份保密）")


def sealed(by: Actor) -> Actor:
    """The actor as the trail names an enterprise that rates or complains."""
    return replace(by, name=SEALED, user_id=None, post_id=None)
