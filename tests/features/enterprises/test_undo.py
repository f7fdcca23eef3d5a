"""Taking a change back: everything is as before, or it is said what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from anwang.domain.base import Grade
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.enterprises import actions
from anwang.features.enterprises.models import (
    Enterprise,
    GradeFact,
    PlaceFact,
    RiskFact,
    RiskPoint,
    StatusFact,
)
from tests.features.enterprises.conftest import roster
from tests.refusals import refused

pytestmark = pytest.mark.django_db
MODELS = (Enterprise, StatusFact, PlaceFact, GradeFact, RiskPoint, RiskFact)


def everything() -> dict[str, list[dict]]:
    """All rows of the register, but for the mark of the last change."""
    return {
        model.__name__: [
            {k: v for k, v in model_to_dict(row).items() if k not in {"last_change", "updated_at"}}
            for row in model.objects.order_by("id")
        ]
        for model in MODELS
    }


@pytest.fixture
def undo(cast, now):
    def run(change, **extra):
        return actions.undo(**{"by": cast.county_leader.actor, "now": now, "change_id": change.id, **extra})

    return run


def test_an_import_of_new_and_known_enterprises_is_undone_without_a_trace(made, bring_in, undo, today):
    made({"从业人数": 5, "风险等级": "低"}, {"危险因素": "火灾", "同一作业时间人数": 4}, on=today - timedelta(days=20))
    before = everything()
    changed = {
        "从业人数": 9,
        "村居": "朱潘村",
        "经营状态": "停产",
        "风险等级": "重大",
        "主要负责人联系电话": "13000000001",
    }
    done = bring_in(roster(changed, {"危险因素": "爆炸", "同一作业时间人数": 11}, {"企业名称": "新来的"}))
    assert everything() != before
    assert undo(done.change).restored == 3
    assert everything() == before


def test_what_changed_again_since_stays_and_is_named(made, bring_in, undo, cast, now):
    first, second = made({"从业人数": 5}, {"从业人数": 6})
    change = bring_in(roster({"从业人数": 50}, {"从业人数": 60})).change
    actions.correct(by=cast.county_leader.actor, now=now, enterprise_id=first.id, values={"headcount": 55})
    done = undo(change)
    assert (done.restored, [name for name, _ in done.kept]) == (1, [first.name])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.headcount, second.headcount) == (55, 6)


def test_a_new_enterprise_that_is_in_use_is_not_deleted(made, undo, cast, now, today):
    from anwang.features.assignments.models import Assignment

    first, second = made({}, {})
    Assignment.objects.create(
        enterprise=first, post=cast.village_cadre.post, person=cast.village_cadre.person, part="lead", level="village",
        valid_from=today, county=371302, township=371302101, recorded_at=now,
    )  # fmt: skip
    done = undo(first.last_change)
    assert (done.restored, [name for name, _ in done.kept]) == (1, [first.name])
    assert not Enterprise.objects.filter(id=second.id).exists()
    assert StatusFact.objects.filter(enterprise=first).exists()


def test_a_change_is_undone_once_and_within_a_day(made, undo, now):
    (row,) = made({})
    with refused("undo_expired"):
        undo(row.last_change, now=now + timedelta(hours=25))
    undo(row.last_change)
    with refused("already_undone"):
        undo(row.last_change)


def test_nobody_undoes_the_change_of_another(made, undo, cast):
    (row,) = made({})
    with refused("undo_not_yours"):
        undo(row.last_change, by=cast.city_office.actor)


def test_two_undos_in_turn_lead_back_to_the_beginning(made, bring_in, undo):
    made({"从业人数": 1})
    before = everything()
    one = bring_in(roster({"从业人数": 2})).change
    two = bring_in(roster({"从业人数": 3})).change
    undo(two)
    undo(one)
    assert everything() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda base, ids: actions.set_managing(**base, ids=ids, managing="city"),
        lambda base, ids: actions.set_industry(**base, ids=ids, industry="textile", label="纺织"),
        lambda base, ids: actions.set_place(**base, ids=ids, place=371302102201, label="枣园"),
        lambda base, ids: actions.set_evaluated(**base, ids=ids, grade=Grade.MAJOR),
        lambda base, ids: actions.add_standard_point(
            **base, ids=ids, name="喷涂", facts=RiskFacts(hazard_kinds=frozenset({HazardKind.FIRE}), persons=12)
        ),
    ],
    ids=["managing", "industry", "place", "evaluated", "point"],
)
def test_a_bulk_change_reaches_all_and_is_undone_at_once(act, made, undo, cast, now):
    rows = made({}, {"危险因素": "火灾", "同一作业时间人数": 4}, {})
    before = everything()
    change = act({"by": cast.county_leader.actor, "now": now}, [row.id for row in rows])
    assert change.enterprises == 3
    assert everything() != before
    assert undo(change).restored == 3
    assert everything() == before


def test_a_bulk_change_that_holds_already_writes_nothing(made, cast, now):
    rows = made({"管理级别": "市管"})
    change = actions.set_managing(by=cast.county_leader.actor, now=now, ids=[row.id for row in rows], managing="city")
    assert change.enterprises == 0
