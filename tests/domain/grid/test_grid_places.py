import random

import pytest

from anwang.adapters import reference
from anwang.domain.base import Level
from anwang.domain.grid import names
from anwang.domain.grid.places import Clues, Method, PlaceFinder, PlaceLevel

LUOZHUANG, MENGYIN, LANSHAN, HEDONG, JUNAN = (
    371311000000,
    371328000000,
    371302000000,
    371312000000,
    371327000000,
)
GAODU_STREET = 371311007000


@pytest.fixture(scope="module")
def tree():
    return reference.grid_tree(2023)


@pytest.fixture(scope="module")
def finder(tree):
    return PlaceFinder(tree, reference.successions())


@pytest.fixture(scope="module")
def where(finder):
    """The path of the place found, or the level none."""

    def find(**clues):
        place = finder.find(Clues(**clues))
        return finder.name(place.code) if place.code else place.level

    return find


def codes_of(place):
    return [reason.code for reason in place.reasons]


@pytest.mark.parametrize(
    "town", ["高都街道", "高都街道办事处", "高都办事处", "高都", "罗庄区高都街道", "高都 街道", "高都街道人民政府"]
)
def test_the_ways_to_write_a_street_office_are_one_place(where, town):
    assert where(county="罗庄区", township=town) == "罗庄区高都街道"


@pytest.mark.parametrize("county", ["罗庄区", "罗庄", "临沂市罗庄区", "山东省临沂市罗庄区", "临沂罗庄区"])
def test_the_ways_to_write_a_county_are_one_place(where, county):
    assert where(county=county) == "罗庄区"


def test_gaodu_street_and_gaodu_town_are_told_apart_by_the_county(where):
    assert where(county="罗庄区", township="高都街道") == "罗庄区高都街道"
    assert where(county="蒙阴县", township="高都镇") == "蒙阴县高都镇"


def test_gaodu_without_kind_and_county_is_not_guessed(finder):
    place = finder.find(Clues(township="高都"))
    assert place.level is PlaceLevel.NONE
    assert codes_of(place) == ["township_ambiguous"]
    assert len(place.alternatives) == 2


def test_another_kind_in_the_right_county_is_shown_as_guessed_with_the_other_place_named(finder):
    place = finder.find(Clues(county="罗庄区", township="高都镇"))
    assert (place.code, place.guessed, codes_of(place)) == (GAODU_STREET, True, ["township_kind"])
    assert [finder.name(code) for code in place.alternatives] == ["蒙阴县高都镇"]


def test_a_township_of_another_county_is_a_conflict(finder):
    place = finder.find(Clues(county="兰山区", township="九曲街道"))
    assert place.level is PlaceLevel.NONE
    assert codes_of(place) == ["township_elsewhere"]
    assert [finder.name(code) for code in place.alternatives] == ["河东区九曲街道"]


@pytest.mark.slow
def test_no_village_is_ever_found_by_its_bare_name(finder, tree):
    for unit in tree.at(Level.VILLAGE):
        for text in (unit.name, names.village_form(unit.name), names.village_stem(unit.name)):
            place = finder.find(Clues(village=text))
            assert place.level is PlaceLevel.NONE
            assert codes_of(place) == ["village_bare"]


@pytest.mark.slow
def test_every_unit_is_found_by_its_code_and_by_its_full_names(finder, tree):
    for unit in tree:
        if unit.level is Level.CITY:
            continue
        by_code = finder.find(Clues(code=str(unit.code)))
        assert (by_code.code, by_code.guessed, by_code.method) == (unit.code, False, Method.CODE)
        path = [u.name for u in tree.path(unit.code)[1:]] + ["", ""]
        by_names = finder.find(Clues(county=path[0], township=path[1], village=path[2]))
        assert (by_names.code, by_names.guessed, by_names.method) == (unit.code, False, Method.NAMES)


def test_bare_village_names_in_their_township_never_lead_to_another_village(finder, tree):
    for unit in tree.at(Level.VILLAGE):
        _, county, town, _ = tree.path(unit.code)
        place = finder.find(Clues(county=county.name, township=town.name, village=names.village_stem(unit.name)))
        assert place.code in (unit.code, town.code)
        assert place.code == unit.code or unit.code in place.alternatives


def test_a_village_of_another_kind_is_a_guess_and_two_of_them_are_a_question(where, finder):
    place = finder.find(Clues(county="兰山区", township="兰山街道", village="前园村"))
    assert (place.level, place.guessed, codes_of(place)) == (PlaceLevel.VILLAGE, True, ["village_variant"])
    assert where(county="兰山区", township="兰山街道", village="前园社区") == "兰山区兰山街道前园社区居民委员会"


def test_a_village_with_its_county_only_is_a_guess_where_it_is_the_only_one(finder):
    place = finder.find(Clues(county="兰山区", village="前园社区"))
    assert (place.level, place.guessed, codes_of(place)) == (PlaceLevel.VILLAGE, True, ["village_without_township"])


def test_an_unknown_village_leaves_the_township_and_says_so(finder):
    place = finder.find(Clues(county="罗庄区", township="高都街道", village="不存在村"))
    assert (place.code, place.guessed, codes_of(place)) == (GAODU_STREET, True, ["village_unknown"])


@pytest.mark.parametrize(
    ("county", "township", "found"),
    [
        ("临沂经济技术开发区", "芝麻墩街道", "河东区芝麻墩街道"),
        ("经开区", "朝阳街道办事处", "河东区朝阳街道"),
        ("临港区", "坪上镇", "莒南县坪上镇"),
        ("临沂临港经济开发区", "", "莒南县"),
        ("苍山县", "兰陵镇", "兰陵县兰陵镇"),
        ("郯城县", "花园乡", "郯城县花园镇"),
        ("临沂高新区", "罗西街道", "临沂高新技术产业开发区罗西街道"),
    ],
)
def test_dissolved_and_renamed_units_lead_to_their_successors(where, county, township, found):
    assert where(county=county, township=township) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("371372000000", "河东区"),
        ("371373", "莒南县"),
        ("371372001000", "河东区芝麻墩街道"),
        ("371322202", "郯城县花园镇"),
    ],
)
def test_old_codes_lead_to_their_successors_without_a_guess(finder, code, found):
    place = finder.find(Clues(code=code))
    assert (finder.name(place.code), place.guessed, codes_of(place)) == (found, False, ["place_code_succeeded"])


def test_an_old_village_name_leads_to_the_renamed_village(where):
    assert (
        where(county="兰山区", township="兰山街道", village="前十里堡社区居委会") == "兰山区兰山街道前十社区居民委员会"
    )


@pytest.mark.slow
def test_in_the_grid_of_2019_the_two_zones_are_still_places_of_their_own():
    finder = PlaceFinder(reference.grid_tree(2019), reference.successions())
    place = finder.find(Clues(county="临沂经济技术开发区", township="芝麻墩街道"))
    assert (finder.name(place.code), place.reasons) == ("临沂经济技术开发区芝麻墩街道", ())


def test_a_code_against_the_names_gives_no_place_but_both_sides(finder):
    place = finder.find(Clues(code="371302001000", county="罗庄区", township="高都街道"))
    assert place.level is PlaceLevel.NONE
    assert codes_of(place) == ["place_conflict"]
    assert set(place.alternatives) == {371302001000, GAODU_STREET}


def test_two_different_villages_by_code_and_by_name_are_a_conflict(finder):
    place = finder.find(Clues(code="371302001001", county="兰山区", township="兰山街道", village="前园社区"))
    assert codes_of(place) == ["place_conflict"]


def test_names_may_say_more_than_the_code(finder):
    place = finder.find(Clues(code="371311", county="罗庄区", township="高都街道"))
    assert (place.code, place.method, place.guessed) == (GAODU_STREET, Method.NAMES, False)


def test_an_unknown_code_falls_back_to_its_township_as_a_guess(finder):
    place = finder.find(Clues(code="371311007999"))
    assert (place.code, place.guessed, codes_of(place)) == (GAODU_STREET, True, ["place_code_above"])


@pytest.mark.parametrize("code", ["12345", "abc", "3713110070"])
def test_a_malformed_code_is_reported_even_when_the_names_suffice(finder, code):
    place = finder.find(Clues(code=code, county="罗庄区"))
    assert (place.code, place.guessed, codes_of(place)) == (LUOZHUANG, True, ["place_code_form"])


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("山东省临沂市罗庄区高都街道88号", "罗庄区高都街道"),
        ("临沂罗庄区高都街道办事处驻地", "罗庄区高都街道"),
        ("山东省临沂市兰山区金雀山路12号", "兰山区"),
        ("临沂市兰山区兰山路与金雀山路交汇处", "兰山区"),
        ("临沂市沂南县界湖街道北村村委会东100米", "沂南县界湖街道北村村民委员会"),
        ("山东省临沂市经济技术开发区芝麻墩街道中昇大街", "河东区芝麻墩街道"),
        ("沂水经济开发区庐山项目区", "沂水县"),
        ("郯城县马头镇", "郯城县马头镇"),
        ("济南市历下区文化东路", PlaceLevel.NONE),
        ("工业路1号", PlaceLevel.NONE),
    ],
)
def test_addresses_are_read_from_the_left_and_need_the_kind_of_a_place(where, address, found):
    assert where(address=address) == found


def test_a_longer_name_is_not_taken_for_the_shorter_village(finder, tree):
    town = next(u for u in tree.at(Level.TOWNSHIP) if tree.path_name(u.code) == "兰山区义堂镇")
    short = next(u for u in tree.under(town.code) if len(names.village_stem(u.name)) == 2)
    place = finder.find(Clues(address=f"兰山区义堂镇宋家{names.village_form(short.name)}3号"))
    assert place.code == town.code


def test_an_address_in_another_county_keeps_the_columns_and_is_shown(finder):
    place = finder.find(Clues(county="罗庄区", address="临沂市兰山区义堂镇"))
    assert (place.code, place.guessed, codes_of(place)) == (LUOZHUANG, True, ["address_differs"])


def test_an_address_completes_the_columns(finder):
    place = finder.find(Clues(county="沂南县", address="界湖街道北村"))
    assert (finder.name(place.code), place.method) == ("沂南县界湖街道北村村民委员会", Method.ADDRESS)


def test_a_row_without_any_clue_is_unresolved_with_the_reason(finder):
    place = finder.find(Clues(county=" ", township="\u3000"))
    assert (place.level, codes_of(place)) == (PlaceLevel.NONE, ["place_missing"])


def test_generated_addresses_never_end_in_a_wrong_village(finder, tree):
    villages = tree.at(Level.VILLAGE)
    for unit in random.Random(7).sample(villages, 1500):
        _, county, town, _ = tree.path(unit.code)
        form = names.village_form(unit.name)
        place = finder.find(Clues(address=f"山东省临沂市{county.name}{town.name}{form}东50米"))
        assert place.code in (unit.code, town.code), unit
