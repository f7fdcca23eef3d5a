"""A city, a county, a township and a village below each other; the cadre leads the cast's enterprise."""

from datetime import date, timedelta

import pytest

from anwang.features.accounts.models import Person, User
from anwang.features.dispatch import actions
from anwang.features.dispatch.models import Receipt
from anwang.features.grid.models import Leadership, Post
from anwang.features.grid.queries import actor_of, facts_of
from tests.cast import LANSHAN, SINCE, TOWNSHIP
from tests.features.duties.conftest import bind

VILLAGE = 371302101201
NEXT_VILLAGE = 371302101202
DUE = date(2026, 12, 24)  # thirty days from now


@pytest.fixture
def line(cast, now):
    """Township and village have leaders too; `second` is another cadre there, `neighbour` leads the next village."""
    led = ((cast.township_officer, TOWNSHIP, "township"), (cast.village_cadre, VILLAGE, "village"))
    for member, unit, level in led:
        Leadership.objects.create(post=member.post, unit=unit, level=level, valid_from=SINCE, recorded_at=now)
        member.actor = actor_of(member.post, user_id=member.user.id, leads=True)
    cast.second = member_of("示例副主任", "village_deputy", VILLAGE, now)
    cast.neighbour = member_of("示例邻村主任", "village_principal", NEXT_VILLAGE, now, leads=True)
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    return cast


def member_of(name, kind, unit, now, *, leads=False):
    """A person with a post in a village."""
    from types import SimpleNamespace

    person = Person.objects.create(name=name, is_demo=True, created_at=now)
    county, township = facts_of(unit)
    dated = {"level": "village", "unit": unit, "valid_from": SINCE, "recorded_at": now}
    post = Post.objects.create(person=person, kind=kind, county=county, township=township, **dated)
    if leads:
        Leadership.objects.create(post=post, **dated)
    user = User.objects.create(username=name, person=person)
    return SimpleNamespace(person=person, post=post, user=user, actor=actor_of(post, user_id=user.id, leads=leads))


@pytest.fixture
def arrange(line, now):
    """Issue a task: `arrange("county_leader", units=[…])`, `posts=[…]` or `firms={…}`."""

    def issue(who="county_leader", *, due=DUE, mode="all", title="汛期安全提醒", at=now, **targets):
        by = getattr(line, who).actor
        kind, value = next(iter(targets.items()))
        chosen = {"kind": kind, **value} if kind == "firms" else {"kind": kind, **targets}
        data = actions.TaskData(title, "逐户提醒，留好记录。", due, chosen, mode=actions_mode(mode))
        task = actions.draft(by=by, now=at, data=data)
        actions.issue(by=by, now=at, task_id=task.id)
        task.refresh_from_db()
        return task

    return issue


def actions_mode(text):
    from anwang.domain.tasks.states import Mode

    return Mode(text)


@pytest.fixture
def cascaded(arrange, line, now):
    """From the city to the county, from there to the township, a day between them; the township has it."""
    task = arrange("city_office", units=[LANSHAN])
    county = Receipt.objects.get(task=task)
    actions.hand_down(by=line.county_leader.actor, now=now + timedelta(days=1), receipt_id=county.id,
                      targets={"kind": "units", "units": [TOWNSHIP]})  # fmt: skip
    return task


def receipt_of(task, member):
    """The latest receipt of a person."""
    return Receipt.objects.filter(task=task, person=member.person).latest("id")
