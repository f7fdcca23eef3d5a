import pytest

from anwang.adapters import reference
from anwang.domain.base import Level, Refusal
from anwang.domain.grid.preview import preview
from anwang.domain.grid.regrid import Change, diff, successions
from anwang.domain.grid.tree import Tree, Unit

WANGJIALING = 371373100203


@pytest.fixture(scope="module")
def old():
    return reference.grid_tree(2019)


@pytest.fixture(scope="module")
def new():
    return reference.grid_tree(2023)


@pytest.fixture(scope="module")
def plan(old, new):
    return diff(old, new)


def test_the_two_zones_dissolve_into_hedong_and_junan(plan):
    dissolved = {(m.old.name, m.new.name, m.evidence.matched) for m in plan.of(Change.DISSOLVED, Level.COUNTY)}
    assert dissolved == {("临沂经济技术开发区", "河东区", 3), ("临沂临港经济开发区", "莒南县", 4)}


def test_the_nine_recoded_townships_are_named_with_their_evidence(plan):
    recoded = {m.old.code: m.new.code for m in plan.of(Change.RECODED, Level.TOWNSHIP)}
    assert recoded == {
        371322202000: 371322113000,
        371322205000: 371322114000,
        371372001000: 371312009000,
        371372002000: 371312010000,
        371372003000: 371312011000,
        371373100000: 371327119000,
        371373101000: 371327118000,
        371373102000: 371327120000,
        371373103000: 371327121000,
    }
    assert all(m.evidence.by_name and m.evidence.share > 0.6 for m in plan.of(Change.RECODED, Level.TOWNSHIP))
    assert plan.of(Change.UNDECIDED, Level.TOWNSHIP) == []


def test_nothing_is_lost_every_old_code_is_mapped_or_waits_for_a_decision(plan, old, new):
    undecided = {m.old.code for m in plan.undecided}
    assert {unit.code for unit in old} == set(plan.mapping) | undecided
    assert not set(plan.mapping) & undecided
    assert all(target in new for target in plan.mapping.values())
    assert len([m for m in plan.moves if m.old]) == len(old)


def test_nothing_is_counted_twice_each_village_has_at_most_one_predecessor(plan):
    targets = [m.new.code for m in plan.moves if m.old and m.new and m.level is Level.VILLAGE]
    assert len(targets) == len(set(targets))


def test_every_new_unit_either_follows_an_old_one_or_is_new(plan, new):
    followed = set(plan.mapping.values())
    fresh = {m.new.code for m in plan.of(Change.NEW)}
    assert followed | fresh == {unit.code for unit in new}
    assert not followed & fresh


def test_children_stay_below_the_successor_of_their_parent(plan, old):
    for unit in old.at(Level.VILLAGE):
        if unit.code in plan.mapping:
            target = plan.mapping[unit.code]
            assert target - target % 1000 == plan.mapping[unit.parent]


def test_a_change_of_wording_is_a_renaming_that_need_not_be_read(plan):
    move = next(m for m in plan.moves if m.old and m.old.code == 371302001003)
    assert (move.change, move.cosmetic) == (Change.RENAMED, True)
    real = next(m for m in plan.moves if m.old and m.old.code == 371302001001)
    assert (real.change, real.cosmetic, real.new.name) == (Change.RENAMED, False, "前十社区居民委员会")


def test_villages_that_became_communities_get_their_new_code_by_name(plan):
    assert plan.mapping[371302001030] == 371302001258


def test_the_same_tree_moves_nothing(new):
    assert diff(new, new).is_empty


@pytest.mark.slow
def test_a_decision_by_hand_settles_a_village_even_into_a_township(old, new, plan):
    open_before = plan.undecided[0]
    town = plan.mapping[open_before.old.parent]
    decided = diff(old, new, {open_before.old.code: town})
    assert decided.mapping[open_before.old.code] == town
    assert len(decided.undecided) == len(plan.undecided) - 1
    move = next(m for m in decided.moves if m.old and m.old.code == open_before.old.code)
    assert (move.change, move.evidence.decided) == (Change.DISSOLVED, True)


@pytest.mark.parametrize(("source", "target"), [(1, 371311000000), (371302001001, 1), (371302001001, 371311000000)])
def test_an_impossible_decision_is_refused(old, new, source, target):
    with pytest.raises(Refusal) as refused:
        diff(old, new, {source: target})
    assert refused.value.code == "regrid_decision"


@pytest.mark.slow
def test_the_preview_names_what_moves_and_counts_what_does_not(plan, old, new):
    shown = preview(plan, old, new)
    above = [(line.old_name, line.new_name) for line in shown.lines if line.level is not Level.VILLAGE]
    assert ("临沂经济技术开发区芝麻墩街道", "河东区芝麻墩街道") in above
    assert len(above) == 11
    assert shown.counts[Level.TOWNSHIP] == {Change.KEPT: 147, Change.RECODED: 9}
    assert shown.needs_decision == len(plan.undecided) > 0
    assert shown.cosmetic > 1000
    assert all(line.change is not Change.RENAMED or not line.cosmetic for line in shown.worth_reading())
    zone = next(line for line in shown.lines if line.new_name == "莒南县")
    assert str(zone.evidence) == "所辖 4 个乡镇中有 4 个归入。"


def test_candidates_are_offered_for_a_village_that_needs_a_decision(plan, new):
    move = next(m for m in plan.undecided if m.old.name == "鄅古城村委会")
    assert "古城村村民委员会" in [new.get(code).name for code in move.candidates]


def test_successions_carry_old_names_and_codes_to_the_finder(plan):
    found = {s.old_code: (s.old_name, s.new_code) for s in successions(plan)}
    assert found[371372003000] == ("朝阳街道", 371312011000)
    assert found[371302001001] == ("前十里堡社区居委会", 371302001001)
    assert 371302001003 not in found


def test_a_township_that_vanishes_without_trace_is_undecided():
    city = Unit(371300000000, Level.CITY, "临沂市", None)
    county = Unit(371311000000, Level.COUNTY, "罗庄区", city.code)
    gone = Unit(371311099000, Level.TOWNSHIP, "无踪镇", county.code)
    before = Tree({u.code: u for u in (city, county, gone)})
    after = Tree({u.code: u for u in (city, county)})
    plan = diff(before, after)
    assert [m.old.name for m in plan.undecided] == ["无踪镇"]
