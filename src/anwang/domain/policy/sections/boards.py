"""boards.yaml: how problems are grouped by age, what is worth a look."""

from __future__ import annotations

from anwang.domain.base import gettext_noop
from anwang.domain.policy.fields import RULE, Fields
from anwang.domain.policy.model import BoardRules

#: A chart of more groups is no longer read at a glance.
MOST_AGES = 3


def read_boards(fields: Fields) -> BoardRules:
    """One version of the rules of the boards."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "boards", interval, fields.mark, fields.where)
    ages = fields.rising("age_days", 1, 3660)
    if len(ages) > MOST_AGES:
        fields.wrong("age_days", "many", gettext_noop("最多写 %(most)s 个"), most=MOST_AGES)
    return BoardRules(
        clause=fields.clause(),
        age_days=ages,
        similar_days=fields.integer("similar_days", 0, 366),
        silent_days=fields.integer("silent_days", 1, 15),
        interval=interval,
    )
