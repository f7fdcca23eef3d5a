"""What enterprises of a demonstration say of visits: some rate them, two complain; a township went remote (四.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from anwang.domain.base import Actor, Level, Role, Territory
from anwang.domain.calendar import local_day
from anwang.domain.discipline.complaints import Kind
from anwang.domain.discipline.ratings import Opinion
from anwang.features.accounts import queries as accounts
from anwang.features.discipline import actions as discipline
from anwang.features.discipline.actions import Told
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import actions as grid
from anwang.features.grid import queries as grid_queries

from .chance import chance
from .stage import Stage, moment

RATED, LOOK_BACK = 60, timedelta(days=75)
#: How often each level is said, of a hundred; the words of some.
SAID = (
    (Opinion.HELPED, 78, ("帮我们改了应急预案", "讲的案例很有用", "指出的隐患当天就整改了", "")),
    (Opinion.NEUTRAL, 97, ("时间安排合适", "", "")),
    (Opinion.DISTURBED, 100, ("赶上交货，等了半天", "一次来的人多了些")),
)
COMPLAINTS = (
    (Kind.TOO_OFTEN, "这个月不同的人来了两趟，问的是同样的事，希望合并。", "已核实，今后由主包保人牵头合并安排。"),
    (Kind.DISTURBANCE, "来的时候正在检修，要求一把手放下手头的事陪同两个小时。", ""),
)
REASON = "流感高发，按指挥部通知减少入企"


def judge_visits(stage: Stage) -> dict[str, Any]:
    """Ratings of some visits of the last weeks, a complaint that was answered and one that waits, one past measure."""
    day = local_day(stage.until)
    visits = duties.site_contacts(by=stage.by).filter(
        occurred_on__gte=day - LOOK_BACK, occurred_on__lt=day - timedelta(days=2), post__isnull=False
    )
    chosen = list(visits.order_by("enterprise_id", "id")[: RATED * 3 : 3])
    for row in chosen:
        _rate(stage, row)
    people = [user.person_id for user in accounts.sign_ins() if user.person_id]
    posts = grid_queries.posts(on=day).filter(kind="principal", person_id__in=people).order_by("id")
    filed = [_complain(stage, post, n) for n, post in enumerate(posts[: len(COMPLAINTS)])]
    return {"ratings": len(chosen), "complaints": len(filed), "measures": _measure(stage)}


def _principal(enterprise: int, name: str) -> Actor:
    territory = Territory(enterprises=frozenset({enterprise}))
    return Actor(name=name, roles=frozenset({Role.PRINCIPAL}), level=Level.ENTERPRISE, territory=territory)


def _rate(stage: Stage, row: Any) -> None:
    dice = chance(stage.seed, "rating", row.id)
    drawn = dice.randrange(100)
    opinion, _, words = next(each for each in SAID if drawn < each[1])
    at = min(moment(row.occurred_on + timedelta(days=1), 15), stage.until)
    by = _principal(row.enterprise_id, row.enterprise.principal)
    discipline.rate_visit(by=by, now=at, contact_id=row.id, opinion=opinion, words=dice.choice(words))


def _complain(stage: Stage, post: Any, number: int) -> int:
    kind, text, answer = COMPLAINTS[number]
    by, filed = _principal(post.enterprise_id, post.person.name), stage.until - timedelta(days=9 if answer else 3)
    told = Told(UUID(int=stage.seed * 100 + number), post.enterprise_id, kind, text, None, post.person.name)
    made = discipline.file_complaint(by=by, now=filed, told=told)
    if answer and (desk := _desk(made, stage)):
        discipline.take_complaint(by=desk, now=filed + timedelta(hours=5), complaint_id=made.id)
        discipline.answer_complaint(by=desk, now=filed + timedelta(days=2), complaint_id=made.id, text=answer)
    return int(made.id)


def _desk(row: Any, stage: Stage) -> Actor | None:
    """A member of the office where the complaint lies who is not meant by it."""
    barred = set(row.subjects.values_list("person_id", flat=True))
    posts = grid_queries.posts(on=local_day(stage.until)).filter(unit=row.handler_unit, is_office=True)
    free = next((post for post in posts.order_by("id") if post.person_id not in barred), None)
    return grid_queries.actor_of(free, user_id=None, leads=False) if free else None


def _measure(stage: Stage) -> int:
    """Ten days of last winter on which one township was not to be entered."""
    township = next(iter(enterprises.operating().order_by("id").values_list("township", flat=True)[:1]), 0) * 10**3
    first = stage.start + timedelta(days=95)
    end, early = first + timedelta(days=14), first + timedelta(days=10)
    if not township or end > local_day(stage.until):
        return 0
    lead = next(iter(grid_queries.leaders([township], on=first).get(township, ())), None)
    by = grid_queries.actor_of(lead.post, user_id=None, leads=True) if lead else stage.by
    row = grid.order_remote(by=by, now=moment(first, 9), unit=township, first=first, end=end, reason=REASON)
    grid.end_remote(by=by, now=moment(early, 8), measure_id=row.id, on=early, reason="通知解除")
    return 1
