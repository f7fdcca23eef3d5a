"""Receipt codes and the way of a report (三.4, red line 4)."""

import random
from datetime import date, timedelta

import pytest

from anwang.domain.base import Interval
from anwang.domain.reports.cases import TRANSITIONS, State, due_of, may_unseal
from anwang.domain.reports.codes import is_sound, plain, written
from anwang.domain.reports.rules import ReportRules, ReportTerms


def codes(many=200):
    dice = random.Random(7)
    return [written(dice.randbytes(10)) for _ in range(many)]


def test_a_code_is_four_groups_of_four_and_a_check_character():
    assert written(bytes(10)) == "0000-0000-0000-0000-0"
    assert [len(part) for part in written(b"\xff" * 10).split("-")] == [4, 4, 4, 4, 1]
    assert len({plain(code)[:16] for code in codes()}) == 200


def test_a_code_needs_eighty_bits():
    with pytest.raises(ValueError, match="80 bits"):
        written(b"short")


def test_a_code_may_be_typed_as_people_type():
    code = codes(1)[0]
    typed = " ".join(code.lower().split("-")).replace("0", "o").replace("1", "l")
    assert plain(typed) == plain(code)
    assert is_sound(typed)


def test_one_wrong_character_and_two_swapped_ones_are_noticed():
    for code in codes():
        bare = plain(code)
        for place in range(16):
            other = "7" if bare[place] != "7" else "8"
            assert not is_sound(bare[:place] + other + bare[place + 1 :])
        for place in range(15):
            swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
            assert swapped == bare or not is_sound(swapped)


def test_what_is_no_code_is_not_sound():
    for text in ("", "啊" * 17, "0" * 16, "0" * 18, "U" * 17, "x" * 10_000):
        assert not is_sound(text)


def test_every_state_can_be_reached_and_left():
    reached = {to for targets in TRANSITIONS.values() for to in targets} | {State.RECEIVED}
    assert reached == set(State)
    assert all(TRANSITIONS[state] for state in State), "even a closed report can be opened again by its reporter"


def test_nobody_handles_words_that_no_clerk_has_put_into_others():
    assert TRANSITIONS[State.RECEIVED] == {State.SENT}


def test_days_for_acceptance_and_answer():
    day = date(2026, 11, 24)
    terms = ReportTerms(7, 30)
    assert due_of(State.SENT, day, terms) == due_of(State.REOPENED, day, terms) == day + timedelta(days=7)
    assert due_of(State.ACCEPTED, day, terms) == day + timedelta(days=30)
    assert due_of(State.CLOSED, day, terms) is None


def test_retaliation_is_asked_after_thirty_ninety_and_a_hundred_and_eighty_days():
    rules = ReportRules("三.4", 7, 30, (30, 90, 180), 180, Interval(date(2020, 3, 5)))
    assert rules.follow_ups(date(2026, 1, 1)) == [
        (30, date(2026, 1, 31)), (90, date(2026, 4, 1)), (180, date(2026, 6, 30)),
    ]  # fmt: skip


def test_two_persons_in_two_posts_unseal():
    assert may_unseal((1, 10), (2, 20))
    for other in ((1, 20), (2, 10), (None, 20), (2, None)):
        assert not may_unseal((1, 10), other)
