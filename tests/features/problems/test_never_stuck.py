"""Whatever people do and whoever leaves: an open problem always has a day and somebody who can bring it further."""

from datetime import timedelta
from random import Random

import pytest

from anwang.domain.base import Refusal
from anwang.domain.ladder.case import Part
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.ladder.states import ENDED
from anwang.features.grid import queries as grid
from anwang.features.problems import actions, permissions
from anwang.features.problems.models import Problem
from tests.cast import CITY
from tests.features.dispatch.conftest import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STEPS, WORLDS = 24, 6
PEOPLE = ("village_cadre", "second", "township_officer", "head", "clerk", "county_leader", "deputy", "city_office",
          "principal", "newcomer")  # fmt: skip
#: Acts that bring a problem to another person, state or day; a note does not.
MOVING = [act for act in permissions.ACTS if act not in ("note", "supervise", "ask")]


class World:
    """The cast on a day that only goes on."""

    def __init__(self, line, now, seed):
        self.line, self.now, self.dice = line, now, Random(seed)
        line.newcomer = member_of("示例新主任", "village_deputy", line.village_cadre.post.unit, now)

    @property
    def day(self):
        return self.now.date()

    def actors(self):
        """Everybody who is in office today."""
        serving = set(grid.posts(on=self.day).values_list("id", flat=True))
        there = [getattr(self.line, name) for name in PEOPLE]
        return [grid.actor_in(member.user.id, member.post.id, now=self.now) for member in there
                if member.post.id in serving]  # fmt: skip

    def step(self):
        self.dice.choice((self.report, self.act, self.act, self.act, self.act, self.change, self.tick))()

    def report(self):
        kind, by = self.dice.choice(list(ProblemKind)), self.dice.choice(self.actors())
        data = actions.ProblemData(self.line.enterprise.id, kind, f"问题 {self.now}")
        self.tried(actions.report, by=by, data=data)

    def act(self):
        """One of the acts that the page would offer to somebody."""
        rows = list(Problem.objects.select_related("enterprise", "ladder").order_by("id"))
        offered = [(row, by, code) for row in rows[-4:] for by in self.actors()
                   for code, may in permissions.allowed(by, row).items() if may]  # fmt: skip
        if not offered:
            return
        row, by, code = self.dice.choice(offered)
        later = self.day + timedelta(days=self.dice.randint(0, 25))
        more = {
            "hand": {"posts": [self.line.clerk.post.id, self.line.second.post.id]}, "order": {"text": "停用"},
            "risk": {"until": later, "text": "警示"}, "ask": {"wanted": later, "reason": "等料"},
            "decide": {"approve": self.dice.random() < 0.7, "text": "不行"}, "escalate": {"reason": "means"},
            "accept": {},
        }.get(code, {"text": "说明"})  # fmt: skip
        name = {"return": "give_back", "risk": "accept_risk", "down": "answer_down"}.get(code, code)
        self.tried(getattr(actions, name), by=by, problem_id=row.id, **more)

    def change(self):
        """Somebody leaves, a department goes, the enterprise moves or closes."""
        match self.dice.randrange(4):
            case 0 | 1:
                member = getattr(self.line, self.dice.choice(PEOPLE[:7]))
                member.post.leaderships.filter(valid_to=None).update(valid_to=self.day)
                type(member.post).objects.filter(id=member.post.id, valid_to=None).update(valid_to=self.day)
            case 2:
                place = self.dice.choice((371302101201, 371302101202, 371302102201, 371311001001))
                town = place // 1000
                firm = {"place": place, "township": town, "county": town // 1000}
                type(self.line.enterprise).objects.filter(id=self.line.enterprise.id).update(**firm)
            case 3:
                status = self.dice.choice(("operating", "closed"))
                type(self.line.enterprise).objects.filter(id=self.line.enterprise.id).update(status=status)

    def tick(self):
        self.now += timedelta(days=self.dice.choice((1, 1, 2, 5, 12)))
        actions.settle(by=self.line.system, now=self.now)
        actions.climb(by=self.line.system, now=self.now)

    def tried(self, act, **keys):
        try:
            act(now=self.now, **keys)
        except Refusal:
            return

    def stuck(self):
        """Open problems without a day or a next one, and those at the top which nobody in office can bring further."""
        actors, found = self.actors(), []
        for row in Problem.objects.exclude(state__in=ENDED).select_related("enterprise", "ladder"):
            named = row.actor_person_id or row.actor_unit or row.part == Part.ENTERPRISE
            if not (row.part and row.due and row.act_on and named):
                found.append((row.state, "nobody is named"))
            elif row.act_on < self.day and row.unit != CITY:
                found.append((row.state, "its day has passed"))
            elif row.unit == CITY and not self.moves(row, actors):
                found.append((row.state, "nobody at the top can bring it further"))
        return found

    def moves(self, row, actors):
        return row.state == "risk" or any(permissions.may(act, by, row) for by in actors for act in MOVING)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_no_walk_through_people_and_enterprises_leaves_a_problem_stuck(line, now, seed):
    world = World(line, now, seed)
    world.report()
    for _step in range(STEPS):
        world.step()
    world.tick()
    assert world.stuck() == []
    # Left alone, whatever is open is at the top in the end.
    for _month in range(8):
        world.now += timedelta(days=100)
        actions.settle(by=line.system, now=world.now)
        actions.climb(by=line.system, now=world.now)
    assert world.stuck() == []
    assert set(Problem.objects.exclude(state__in=ENDED).values_list("unit", flat=True)) <= {CITY}
