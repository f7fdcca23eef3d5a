"""A line from city to village with a department beside the township; the cadre leads the cast's enterprise."""

from datetime import timedelta

import pytest

from anwang.domain.ladder.rules import ProblemKind
from anwang.features.grid.models import Leadership
from anwang.features.grid.queries import actor_of
from anwang.features.problems import actions
from tests.cast import LANSHAN, SINCE, TOWNSHIP
from tests.features.dispatch.conftest import VILLAGE, member_of
from tests.features.duties.conftest import bind


@pytest.fixture
def line(cast, now):
    """Village and township are led; `clerk` is a department of the township, `second` another cadre of the village."""
    led = ((cast.township_officer, TOWNSHIP, "township"), (cast.village_cadre, VILLAGE, "village"))
    for member, unit, level in led:
        Leadership.objects.create(post=member.post, unit=unit, level=level, valid_from=SINCE, recorded_at=now)
        member.actor = actor_of(member.post, user_id=member.user.id, leads=True)
    cast.second = member_of("示例副主任", "village_deputy", VILLAGE, now)
    cast.head = member_of("示例镇长", "township_leader", TOWNSHIP, now, leads=True)
    cast.head.post.level = "township"
    cast.head.post.save()
    cast.head.actor = actor_of(cast.head.post, user_id=cast.head.user.id, leads=True)
    cast.clerk = member_of("示例科员", "department", TOWNSHIP, now)
    cast.clerk.post.is_supervisor = False
    cast.clerk.post.save()
    cast.clerk.actor = actor_of(cast.clerk.post, user_id=cast.clerk.user.id, leads=False)
    cast.deputy = member_of("示例副局长", "county_bureau", LANSHAN, now, leads=True)
    cast.deputy.post.level = "county"
    cast.deputy.post.save()
    cast.deputy.actor = actor_of(cast.deputy.post, user_id=cast.deputy.user.id, leads=True)
    bind(cast.enterprise, cast.village_cadre, now)
    return cast


@pytest.fixture
def found(line, now):
    """Report a problem: `found("village_cadre", kind="violation")`."""

    def report(who="village_cadre", *, kind="violation", title="未批先建烘干线", at=now, **more):
        data = actions.ProblemData(line.enterprise.id, ProblemKind(kind), title, **more)
        return actions.report(by=getattr(line, who).actor, now=at, data=data)

    return report


@pytest.fixture
def act(line, now):
    """Carry an act out on a day: `act("accept", "village_cadre", row, days=1)`."""

    def carry(name, who, row, days=0, **more):
        at = now + timedelta(days=days)
        return getattr(actions, name)(by=getattr(line, who).actor, now=at, problem_id=row.id, **more)

    return carry
