"""From the grid of 2019 to the one of 2023: everything moves once, nothing is lost, the past keeps its codes."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.adapters import reference
from anwang.domain.base import SYSTEM
from anwang.domain.grid.tree import Tree
from anwang.features.accounts.models import User
from anwang.features.grid import actions, queries
from anwang.features.grid.models import GridUnit, Leadership, Post, Sponsorship, Succession
from tests.refusals import refused

ON = date(2026, 12, 1)
ZONE, TOWN, TOWN_NOW = 371372000000, 371372001000, 371312009000


def piece(year: int, *counties: int) -> Tree:
    """A few counties of the real table."""
    units = reference.grid_tree(year).units.values()
    return Tree({u.code: u for u in units if u.parent is None or u.code // 10**6 in counties or u.code in counties})


@pytest.fixture
def old(db, now):
    tree = piece(2019, 371312, 371372)
    actions.load_grid(by=SYSTEM, now=now, tree=tree, on=date(2020, 3, 5))
    return tree


@pytest.fixture
def new():
    return piece(2023, 371312)


def post(person, unit: int, kind: str, now, **extra) -> Post:
    data = actions.PostData(person.id, kind, unit, date(2020, 3, 5), **extra)
    return actions.create_posts(by=SYSTEM, now=now, rows=[data])[0]


@pytest.fixture
def person(db, now):
    from anwang.features.accounts.actions import PersonData, create_people

    return create_people(by=SYSTEM, now=now, rows=[PersonData("示例人", is_demo=True)])[0]


def move(new: Tree, now, **extra):
    return actions.apply_regrid(by=SYSTEM, now=now, new=new, on=ON, to_township=True, **extra)


def test_the_same_table_again_changes_nothing(old, now):
    assert actions.load_grid(by=SYSTEM, now=now, tree=old, on=ON) == 0
    assert GridUnit.objects.filter(valid_to=None).count() == len(old)


def test_another_table_is_not_loaded_over_the_first(old, new, now):
    with refused("grid_exists"):
        actions.load_grid(by=SYSTEM, now=now, tree=new, on=ON)


def test_a_preview_names_what_moves_and_touches_nothing(old, new):
    plan = queries.plan_regrid(new)
    assert plan.counts["dissolved_county"] == 1
    assert plan.counts["recoded_township"] == 3
    assert plan.mapping[ZONE] == 371312000000
    assert plan.mapping[TOWN] == TOWN_NOW
    assert not Succession.objects.exists()


def test_every_code_of_the_old_table_has_a_unit_in_force_afterwards(old, new, now):
    result = move(new, now)
    in_force = set(GridUnit.objects.filter(valid_to=None).values_list("code", flat=True))
    assert in_force == set(new.units)
    assert all(result.mapping.get(code, code) in in_force for code in old.units)


def test_the_past_keeps_its_codes(old, new, now):
    move(new, now)
    assert queries.unit(TOWN, on=date(2026, 11, 30)).name == "芝麻墩街道"
    assert queries.unit(TOWN, on=ON) is None
    assert queries.unit(TOWN_NOW, on=ON).name == "芝麻墩街道"
    before = {u.code: u.name for u in queries.units(on=date(2026, 11, 30))}
    assert before == {u.code: u.name for u in old}


def test_villages_without_a_successor_stop_the_move_until_somebody_decides(old, new, now):
    waiting = queries.plan_regrid(new).waiting
    assert waiting
    with refused("regrid_undecided"):
        actions.apply_regrid(by=SYSTEM, now=now, new=new, on=ON)
    target = next(u.code for u in new if u.code // 1000 == waiting[0] // 1000 and u.code % 1000)
    assert waiting[0] not in queries.plan_regrid(new, decisions={waiting[0]: target}).waiting


def test_posts_of_a_recoded_township_go_on_under_the_new_code(old, new, now, person):
    before = post(person, TOWN, "township_safety", now, is_office=True)
    user = User.objects.create(username="town", person=person, current_post=before.id)
    result = move(new, now)
    after = Post.objects.get(id=result.posts[before.id])
    before.refresh_from_db()
    assert (before.valid_to, before.unit) == (ON, TOWN)
    assert (after.unit, after.valid_from, after.valid_to, after.is_office) == (TOWN_NOW, ON, None, True)
    assert (after.county, after.township, after.succeeds_id) == (371312, 371312009, before.id)
    user.refresh_from_db()
    assert user.current_post == after.id


def test_the_office_of_a_dissolved_zone_is_no_office_of_the_county_that_takes_it_in(old, new, now, person):
    before = post(person, ZONE, "county_bureau", now, is_office=True)
    after = Post.objects.get(id=move(new, now).posts[before.id])
    assert (after.unit, after.is_office) == (371312000000, False)


def test_leaders_and_sponsors_follow_a_recoded_unit_and_end_with_a_dissolved_one(old, new, now, person):
    zone_post = post(person, ZONE, "county_bureau", now)
    town_post = post(person, TOWN, "township_leader", now)
    lines = [actions.Line(ZONE, zone_post.id, date(2020, 3, 5)), actions.Line(TOWN, town_post.id, date(2020, 3, 5))]
    actions.appoint_leaders(by=SYSTEM, now=now, rows=lines)
    actions.sponsor_units(by=SYSTEM, now=now, rows=[actions.Line(TOWN, zone_post.id, date(2020, 3, 5))])
    move(new, now)
    assert list(Leadership.objects.filter(valid_to=None).values_list("unit", flat=True)) == [TOWN_NOW]
    assert list(Sponsorship.objects.filter(valid_to=None).values_list("unit", "post__unit")) == [
        (TOWN_NOW, 371312000000)
    ]
    assert Leadership.objects.filter(unit=ZONE, valid_to=ON).exists()


def test_a_post_in_a_village_without_a_successor_is_named_and_waits(old, new, now, person):
    village = next(code for code in queries.plan_regrid(new).waiting)
    before = post(person, village, "village_principal", now)
    assert move(new, now).stranded == (before.id,)
    before.refresh_from_db()
    assert (before.unit, before.valid_to) == (village, None)


def test_the_phone_of_a_unit_goes_with_it(old, new, now):
    actions.set_supervision_phone(by=SYSTEM, now=now, unit=TOWN, phone="0539-8012345")
    move(new, now)
    assert queries.unit(TOWN_NOW, on=ON).phone == "0539-8012345"


def test_a_new_table_begins_after_the_one_in_force(old, new, now):
    with refused("regrid_before"):
        actions.apply_regrid(by=SYSTEM, now=now, new=new, on=date(2020, 3, 5), to_township=True)


@pytest.mark.slow
def test_the_whole_city_moves_with_nine_townships_and_two_zones(db, now):
    actions.load_grid(by=SYSTEM, now=now, tree=reference.grid_tree(2019), on=date(2020, 3, 5))
    result = move(reference.grid_tree(2023), now)
    assert (result.counts["recoded_township"], result.counts["dissolved_county"]) == (9, 2)
    assert GridUnit.objects.filter(valid_to=None).count() == len(reference.grid_tree(2023))
