import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.base import Level
from anwang.domain.grid import codes

GAODU = 371311007000


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("3713", 371300000000, Level.CITY),
        ("371311", 371311000000, Level.COUNTY),
        ("371311007", GAODU, Level.TOWNSHIP),
        ("371311007201", 371311007201, Level.VILLAGE),
        (" 371311000000 ", 371311000000, Level.COUNTY),
        ("37", 370000000000, None),
    ],
)
def test_short_and_full_codes_mean_the_same_unit(text, code, level):
    assert codes.parse_code(text) == code
    assert codes.level_of(code) is level


NOT_CODES = ["", "3", "371", "37131", "3713110070001", "37131100700x", "３７１３", "071311000000", "-71311"]


@pytest.mark.parametrize("text", NOT_CODES)
def test_what_is_not_a_code_is_none(text):
    assert codes.parse_code(text) is None


def test_a_unit_covers_itself_and_what_lies_below_and_no_neighbour():
    assert codes.covers(371311000000, GAODU)
    assert codes.covers(GAODU, GAODU)
    assert codes.covers(GAODU, 371311007999)
    assert not codes.covers(GAODU, 371311008000)
    assert not codes.covers(GAODU, 371311000000)


def test_ancestors_run_from_the_parent_to_the_province():
    assert codes.ancestors(371311007201) == (GAODU, 371311000000, 371300000000, 370000000000)
    assert codes.county_of(371311007201) == 371311000000
    assert codes.township_of(371311007201) == GAODU
    assert codes.township_of(371311000000) is None
    assert codes.county_of(371300000000) is None


def test_the_short_form_drops_the_zeros_of_lower_levels_only():
    assert codes.format_code(371311000000, short=True) == "371311"
    assert codes.format_code(GAODU, short=True) == "371311007"
    assert codes.format_code(371311000000) == "371311000000"


@given(st.integers(110000000000, 999999999999))
def test_every_ancestor_covers_its_descendant_and_the_range_agrees(code):
    for above in codes.ancestors(code):
        start, end = codes.unit_range(above)
        assert codes.covers(above, code)
        assert start <= code < end
    assert codes.parse_code(codes.format_code(code, short=True)) == code
