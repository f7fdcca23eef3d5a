import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.roster.codes import (
    ALPHABET,
    CodeKind,
    CodeStatus,
    check_credit_code,
    make_credit_code,
    organisation_check_digit,
    registration_is_valid,
)

REAL = ["91330100799655058B", "914403001922038216", "91110000802100433B", "9144030071526726XG"]
bodies = st.text(ALPHABET, min_size=8, max_size=8)
divisions = st.integers(110000, 659999).map(str)


@pytest.mark.parametrize("code", REAL)
def test_codes_of_well_known_companies_are_valid(code):
    assert check_credit_code(code).ok


@given(bodies, divisions, st.sampled_from(["91", "92", "52", "12", "A1"]))
@pytest.mark.slow
def test_every_made_code_is_valid_and_carries_its_organisation(body, division, department):
    code = make_credit_code(body, division, department)
    assert check_credit_code(code).ok
    assert code[8:17] == body + organisation_check_digit(body)
    assert make_credit_code(code[8:17], division, department) == code


@given(bodies, divisions, st.integers(0, 17), st.sampled_from(ALPHABET))
@pytest.mark.slow
def test_one_wrong_character_is_always_found(body, division, place, other):
    code = make_credit_code(body, division)
    wrong = code[:place] + other + code[place + 1 :]
    assert check_credit_code(wrong).ok == (wrong == code)


@given(bodies, divisions, st.integers(0, 15))
@pytest.mark.slow
def test_two_neighbours_swapped_are_always_found(body, division, place):
    code = make_credit_code(body, division)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert check_credit_code(swapped).ok == (swapped == code)


@given(st.text(max_size=24))
@pytest.mark.slow
def test_any_text_is_judged_without_an_error_and_never_repaired(text):
    checked = check_credit_code(text)
    assert checked.ok == (checked.reason is None)
    assert checked.status.bucket in {"ok", "length", "characters", "check"}


@pytest.mark.parametrize(
    "written",
    [" 9133 0100 7996 5505 8B ", "91330100799655058b", "９１３３０１００７９９６５５０５８Ｂ", "91330100-79965505-8B"],
)
def test_spaces_full_width_small_letters_and_hyphens_are_read_through(written):
    assert check_credit_code(written).text == REAL[0]
    assert check_credit_code(written).ok


def test_the_letter_o_for_zero_is_a_hint_and_not_a_repair():
    checked = check_credit_code("9133O100799655058B")
    assert (checked.status, checked.hint, checked.text) == (CodeStatus.CHARACTERS, REAL[0], "9133O100799655058B")
    assert REAL[0] in str(checked.reason)


def test_no_hint_is_given_when_the_look_alike_is_wrong_too():
    assert check_credit_code("9133O100799655059B").hint == ""


def test_the_organisation_code_inside_has_a_check_of_its_own():
    body, division = "79965505", "330100"
    right = make_credit_code(body, division)
    other = "0123456789X".replace(right[16], "")[0]
    first = right[:16] + other
    wrong = next(
        first + char for char in ALPHABET if check_credit_code(first + char).reason.code == "code_organisation_check"
    )
    assert check_credit_code(wrong).status is CodeStatus.CHECK


@pytest.mark.parametrize(
    ("cell", "status", "code"),
    [
        ("", CodeStatus.EMPTY, "code_missing"),
        (None, CodeStatus.EMPTY, "code_missing"),
        (9.1330100799655e17, CodeStatus.DAMAGED, "code_numeric"),
        ("9.13301E+17", CodeStatus.DAMAGED, "code_numeric"),
        ("9133010079965505", CodeStatus.LENGTH, "code_length"),
        ("91330100799655058!", CodeStatus.CHARACTERS, "code_characters"),
        ("91330100799655058A", CodeStatus.CHECK, "code_check"),
    ],
)
def test_each_fault_has_its_own_name(cell, status, code):
    checked = check_credit_code(cell)
    assert (checked.status, checked.reason.code) == (status, code)


def test_a_damaged_cell_says_what_to_do():
    assert "请将该列设为文本格式" in str(check_credit_code(9.1330100799655e17).reason)


def test_old_numbers_are_recognised():
    assert check_credit_code("371300228012344").kind is CodeKind.REGISTRATION
    assert check_credit_code("79965505-8").kind is CodeKind.ORGANISATION
    assert check_credit_code("37130022801234").kind is CodeKind.UNKNOWN


def test_a_registration_number_has_exactly_one_right_last_digit():
    valid = [digit for digit in "0123456789" if registration_is_valid("37130022801234" + digit)]
    assert len(valid) == 1
    assert registration_is_valid("110108000000016")
    assert not registration_is_valid("11010800000001X")


@pytest.mark.parametrize(
    "args", [("123", "371302"), ("7996550I", "37130"), ("799655051", "371302"), ("79965505", "x71302")]
)
def test_an_impossible_code_cannot_be_made(args):
    with pytest.raises(ValueError, match=r"digit|eight"):
        make_credit_code(*args)
