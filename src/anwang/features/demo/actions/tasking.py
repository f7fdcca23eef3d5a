"""Ad-hoc tasks of the last weeks (附件4.8): one that is over, one on its way down with a level that kept it too long,
one that concerns enterprises, one that any of several could do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.domain.tasks.states import Mode, State
from anwang.features.dispatch import actions as dispatch
from anwang.features.dispatch import queries as tasks
from anwang.features.grid import queries as grid

from .chance import chance
from .sizes import CITY
from .stage import Stage, moment

COUNTY = 371302000000
#: So many villages of a township get a task from it, so many receipts of enterprises are carried out.
VILLAGES, FIRM_RECEIPTS = 3, 25
DONE = ("已逐户走访，情况正常。", "已完成，发现问题已当场提醒并登记。", "已电话通知到人，留有记录。", "已报送汇总表。")


@dataclass(slots=True)
class _Play:
    """The people of the lines, looked up once."""

    stage: Stage
    today: date
    known: dict[int, Actor] = field(default_factory=dict)

    def at(self, days: int, hour: int = 9) -> datetime:
        """So many days ago, never after now."""
        return min(moment(self.today - timedelta(days=days), hour, 10), self.stage.until)

    def worn(self, post: int) -> Actor | None:
        if post not in self.known:
            found = grid.actor_in(None, post, now=self.stage.until)
            if found is None:
                return None
            self.known[post] = found
        return self.known[post]

    def leader(self, unit: int) -> Actor | None:
        led = grid.leaders([unit], on=self.today).get(unit)
        return self.worn(led[0].post_id) if led else None

    def below(self, unit: int) -> list[int]:
        """The units below that somebody leads, in the order of codes."""
        codes = list(grid.children(unit, on=self.today).values_list("code", flat=True))
        led = grid.leaders(codes, on=self.today)
        return [code for code in codes if code in led]

    def issue(self, by: Actor, days: int, data: dispatch.TaskData) -> Any:
        row = dispatch.draft(by=by, now=self.at(days, 8), data=data)
        dispatch.issue(by=by, now=self.at(days), task_id=row.id)
        return row

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)


def arrange_tasks(stage: Stage) -> dict[str, Any]:
    """The tasks, each as far as it would be; nothing where a size has nobody to lead."""
    play = _Play(stage, local_day(stage.until))
    made = [part(play) for part in PARTS]
    return {"tasks": sum(made)}


def _over(play: _Play) -> int:
    """From the county to townships and villages, done by all, by one of them late."""
    county, townships = play.leader(COUNTY), play.below(COUNTY)
    if county is None or not townships:
        return 0
    text = "逐企核对节后复工前的安全检查、全员培训是否落实，汇总情况后报送。"
    data = dispatch.TaskData("节后复工督导情况统计", text, play.day(24), _units(townships))
    task, late = play.issue(county, 45, data), True
    for row in list(task.receipts.order_by("unit")):
        leader = play.worn(row.post_id)
        if leader is None:
            continue
        villages = play.below(row.unit)[:VILLAGES]
        if villages:
            dispatch.hand_down(by=leader, now=play.at(42), receipt_id=row.id, targets=_units(villages))
        for number, below in enumerate(list(row.children.order_by("unit")) or [row]):
            _finish(play, below, 23 if late else 38 - number * 3)
            late = False
    if task.receipts.filter(parent=None, state=State.DONE).exists():
        dispatch.accept_all(by=county, now=play.at(21), task_id=task.id)
    return 1


def _way_down(play: _Play) -> int:
    """From the city on its way down: one township kept it too long, one gave it back, one asks for more time."""
    city, county, townships = play.leader(CITY), play.leader(COUNTY), play.below(COUNTY)
    if city is None or county is None or not townships:
        return 0
    text = "对前三季度督导发现的火灾风险逐条“回头看”，未整改的写明原因，由包保人现场确认。"
    data = dispatch.TaskData("冬季防火督导“回头看”", text, play.day(-8), _units([COUNTY]))
    task = play.issue(city, 20, data)
    first = task.receipts.get()
    dispatch.hand_down(
        by=county, now=play.at(17), receipt_id=first.id, targets=_units(townships), note="请于期限内逐级落实。"
    )
    acts: Sequence[Callable[[_Play, Any, Actor], None]] = (_in_time, _too_long, _asks, _gives_back, _takes)
    for number, row in enumerate(list(first.children.order_by("unit"))):
        leader = play.worn(row.post_id)
        if leader is not None and number < 9:
            acts[min(number, 4)](play, row, leader)
    return 1


def _in_time(play: _Play, row: Any, leader: Actor) -> None:
    _down(play, row, leader, 14)
    for number, below in enumerate(list(row.children.order_by("unit"))[:-1]):
        if number and _finish(play, below, 5):
            reason = "“回头看”名单缺 2 家企业，补齐后再报"
            dispatch.redo(by=leader, now=play.at(3), receipt_id=below.id, reason=reason)


def _too_long(play: _Play, row: Any, leader: Actor) -> None:
    _down(play, row, leader, 4)
    dispatch.urge(by=play.leader(COUNTY) or leader, now=play.at(2), receipt_id=row.id)


def _asks(play: _Play, row: Any, leader: Actor) -> None:
    dispatch.receive(by=leader, now=play.at(15), receipt_id=row.id)
    dispatch.ask(by=leader, now=play.at(1), receipt_id=row.id, wanted=row.due + timedelta(days=1),
                 reason="辖区企业较多，人员在外防汛值守")  # fmt: skip


def _gives_back(play: _Play, row: Any, leader: Actor) -> None:
    dispatch.give_back(by=leader, now=play.at(3), receipt_id=row.id, reason="名单中 2 家企业已迁出本镇，请核对")


def _takes(play: _Play, row: Any, leader: Actor) -> None:
    dispatch.receive(by=leader, now=play.at(16), receipt_id=row.id)


def _down(play: _Play, row: Any, leader: Actor, days: int) -> None:
    villages = play.below(row.unit)[:VILLAGES]
    if villages:
        dispatch.hand_down(by=leader, now=play.at(days), receipt_id=row.id, targets=_units(villages))


def _at_firms(play: _Play) -> int:
    """Enterprises of major risk, each at its lead supervisor; some done."""
    county = play.leader(COUNTY)
    targets = {"kind": "firms", "area": COUNTY, "grades": ["major"], "industries": []}
    if county is None or not tasks.reach(targets, by=county, on=play.today).to:
        return 0
    text = "提醒企业主要负责人：寒潮期间做好管线防冻、动火作业审批和值班值守。"
    task = play.issue(county, 12, dispatch.TaskData("寒潮安全提醒", text, play.day(-5), targets))
    dice = chance(play.stage.seed, "tasks")
    for row in list(task.receipts.select_related("person").order_by("id")[:FIRM_RECEIPTS]):
        actor = play.worn(row.post_id)
        if actor is None or dice.random() < 0.4:
            continue
        firms = [each.enterprise for each in tasks.firm_rows(row) if each.open and each.person == row.person_id]
        days = dice.randint(2, 11)
        some = firms[: max(1, len(firms) - dice.randint(0, 1))]
        if some:
            work = dispatch.FirmWork(some, Form.CALL, play.day(days))
            dispatch.complete(by=actor, now=play.at(days, 15), receipt_id=row.id, result=dice.choice(DONE), work=work)
    return 1


def _by_any(play: _Play) -> int:
    """A township's task that any of its people may do; one did it."""
    town = next(iter(play.below(COUNTY)), 0)
    leader = play.leader(town) if town else None
    if leader is None:
        return 0
    posts = tasks.posts_in_reach(leader, on=play.today).filter(unit=town).exclude(person_id=leader.person_id)
    targets = {"kind": "posts", "posts": list(posts.values_list("id", flat=True)[:4])}
    if not tasks.reach(targets, by=leader, on=play.today).to:
        return 0
    text = "参加县局周四的督导业务培训，会后把材料发到工作群。"
    data = dispatch.TaskData("参加督导业务培训", text, play.day(1), targets, mode=Mode.ANY)
    task = play.issue(leader, 6, data)
    _finish(play, task.receipts.order_by("id").first(), 2)
    return 1


PARTS: tuple[Callable[[_Play], int], ...] = (_over, _way_down, _at_firms, _by_any)


def _finish(play: _Play, row: Any, days: int) -> bool:
    """Done by whoever has it; not where nobody does."""
    actor = play.worn(row.post_id)
    if actor is None:
        return False
    result = DONE[row.unit % len(DONE)]
    dispatch.complete(by=actor, now=play.at(days, 16), receipt_id=row.id, result=result)
    return True


def _units(codes: list[int]) -> dict[str, Any]:
    return {"kind": "units", "units": codes}
