"""effort.yaml: what recording is reckoned to take (减负自查)."""

from __future__ import annotations

from anwang.domain.base import gettext_noop
from anwang.domain.burden.effort import EffortRules, Kind
from anwang.domain.policy.fields import RULE, Fields


def read_effort(fields: Fields) -> EffortRules:
    """One version of the seconds by kind of field, and of how often what has no cadence comes."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "effort", interval, fields.mark, fields.where)
    seconds = fields.numbers_by("seconds", Kind, 0, 3600)
    if missing := [kind.value for kind in Kind if kind not in seconds]:
        fields.wrong("seconds", "kinds", gettext_noop("还应写：%(kinds)s"), kinds="、".join(missing))
    return EffortRules(
        clause=fields.clause(),
        seconds=seconds,
        on_demand=dict(fields.each("on_demand", _read_times)),
        tasks=fields.integer("tasks", 0, 1000),
        task_asks=fields.numbers_by("task_asks", Kind, 0, 100),
        interval=interval,
    )


def _read_times(fields: Fields) -> tuple[str, int]:
    return fields.reference("code", RULE), fields.integer("times", 0, 1000)
