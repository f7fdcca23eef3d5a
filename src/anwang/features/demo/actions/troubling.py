"""Problems of the last months (三.4): found, climbed, put right, late, one under supervision by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from anwang.domain.base import Actor, Refusal, Role
from anwang.domain.calendar import local_day
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.problems import actions as problems
from anwang.features.problems.actions import ProblemData

from .chance import chance
from .stage import Stage, moment

#: Acted out one by one, so that the trace, the messages and the trail are those of the product.
MOST = 48
FOUND: tuple[tuple[ProblemKind, str, str, str], ...] = (
    (ProblemKind.MAJOR_HAZARD, "粉尘涉爆除尘系统未设泄爆装置", "打磨车间", "停用除尘系统，按规范加装泄爆装置"),
    (ProblemKind.MAJOR_HAZARD, "有限空间作业未审批、无监护", "污水处理池", "立即停止作业，补办审批并培训"),
    (ProblemKind.VIOLATION, "特种作业人员无证上岗", "焊接工位", "更换持证人员，补训取证"),
    (ProblemKind.VIOLATION, "消防通道被原料占用", "一号仓库", "清理通道并划线"),
    (ProblemKind.PRINCIPAL, "主要负责人三个月未组织安全检查", "", "补做检查并建立台账"),
    (ProblemKind.DIFFICULTY, "天然气改造资金不足，希望协调贷款", "", ""),
    (ProblemKind.DIFFICULTY, "招不到持证安全管理人员", "", ""),
    (ProblemKind.OTHER, "配电箱门缺失、线路老化", "二车间", "更换箱门和线路"),
    (ProblemKind.OTHER, "应急灯不亮", "办公楼楼梯", "更换应急灯"),
)
_LINE = (Role.LEADER, Role.OFFICE)
DONE = ("已按要求整改，拍照留存。", "已更换并培训班组人员。", "已清理到位，设专人每日检查。")


@dataclass(slots=True)
class _Play:
    """People looked up once; days are days ago, never after now."""

    stage: Stage
    dice: Random
    worn: dict[int, Actor | None] = field(default_factory=dict)
    led: dict[int, Actor | None] = field(default_factory=dict)

    def at(self, days: float, hour: int = 9) -> datetime:
        day = local_day(self.stage.until) - timedelta(days=max(0, int(days)))
        return min(moment(day, hour, 20), self.stage.until)

    def actor(self, post: int) -> Actor | None:
        if post not in self.worn:
            self.worn[post] = grid.actor_in(None, post, now=self.stage.until)
        return self.worn[post]

    def leader(self, unit: int) -> Actor | None:
        if unit not in self.led:
            rows = grid.leaders([unit], on=local_day(self.stage.until)).get(unit)
            self.led[unit] = self.actor(rows[0].post_id) if rows else None
        return self.led[unit]


def report_problems(stage: Stage) -> dict[str, Any]:
    """Problems of enterprises with a lead, each as far as it would be; the last climb is the ladder's own."""
    day = local_day(stage.until)
    play = _Play(stage, chance(stage.seed, "problems"))
    rows = assignments.leads_on(day).filter(enterprise__in=enterprises.operating().values("id"))
    leads = list(
        rows.order_by("enterprise_id").values_list("enterprise_id", "post_id")[:: max(1, rows.count() // MOST)]
    )
    made = sum(_one(play, number, firm, post) for number, (firm, post) in enumerate(leads[:MOST]))
    climbed = problems.climb(by=stage.by, now=stage.until)["climbed"]
    return {"problems": made, "climbed": climbed}


def _one(play: _Play, number: int, firm: int, post: int) -> int:
    finder = play.actor(post)
    if finder is None or finder.unit is None:
        return 0
    kind, title, spot, measures = FOUND[number % len(FOUND)]
    ago = (2, 5, 9, 16, 30, 58, 85)[number % 7] if number % 5 else play.dice.choice((0, 1))
    data = ProblemData(firm, kind, title, spot=spot, measures=measures)
    row = problems.report(by=finder, now=play.at(ago), data=data)
    try:
        _go_on(play, row, finder, ago, number)
    except Refusal:
        # A step that the ladder does not allow in this place is simply not taken.
        return 1
    return 1


def _go_on(play: _Play, row: Any, finder: Actor, ago: int, number: int) -> None:
    """The leader accepts on the next day, orders, the enterprise puts it right, another verifies, it is closed."""
    leader = play.leader(row.unit)
    if leader is None or ago <= 1:
        return
    keys = {"by": leader, "problem_id": row.id}
    if number % 6 == 5:
        problems.escalate(**keys, now=play.at(ago - 1), reason="authority", text="村居没有执法权限")
        return
    problems.accept(**keys, now=play.at(ago - 1))
    if number % 6 == 4:
        return
    if row.kind == ProblemKind.DIFFICULTY:
        problems.solve(**keys, now=play.at(ago - 2), text="已联系银企对接，推荐到镇企业服务专班。")
    else:
        problems.order(**keys, now=play.at(ago - 1, 10), text=row.measures)
        if number % 6 == 3:
            return
        problems.rectify(by=finder, now=play.at(ago - 2), problem_id=row.id, text=play.dice.choice(DONE))
    other = _other(play, row, (finder, leader))
    if other is None:
        return
    problems.verify(by=other, now=play.at(ago - 2, 15), problem_id=row.id, text="现场核实，情况属实。")
    problems.close(**keys, now=play.at(ago - 2, 16))


def _other(play: _Play, row: Any, busy: Sequence[Actor]) -> Actor | None:
    """Another leader or clerk of the unit, for whom the verification is."""
    rows = grid.posts(on=local_day(play.stage.until)).filter(unit=row.unit).exclude(kind="principal")
    for post in rows.order_by("id")[:6]:
        actor = play.actor(post.id)
        if actor is not None and actor.person_id not in {each.person_id for each in busy} and actor.has(*_LINE):
            return actor
    return busy[1] if row.kind == ProblemKind.DIFFICULTY or busy[0].person_id != busy[1].person_id else None
