"""The life of a task as a whole, from its draft to its end."""

from __future__ import annotations

from enum import StrEnum

from anwang.domain.base import gettext_noop


class Stage(StrEnum):
    """A draft is its writer's alone and may be thrown away; what was issued stays on record. Finished it runs again
    when a "done" is taken back."""

    DRAFT = "draft"
    ISSUED = "issued"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.DRAFT: gettext_noop("草稿"),
    Stage.ISSUED: gettext_noop("办理中"),
    Stage.FINISHED: gettext_noop("全部办结"),
    Stage.WITHDRAWN: gettext_noop("已撤回"),
}
TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.ISSUED}),
    Stage.ISSUED: frozenset({Stage.FINISHED, Stage.WITHDRAWN}),
    Stage.FINISHED: frozenset({Stage.ISSUED}),
    Stage.WITHDRAWN: frozenset(),
}
