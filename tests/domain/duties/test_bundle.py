"""What one contact may meet together."""

from dataclasses import replace
from datetime import date

from anwang.domain.duties.bundle import Bundle, Candidate, bundle
from anwang.domain.duties.rules import Form
from tests.domain.duties.samples import CALL, DRILL, MEETING, TALK

TODAY = date(2026, 11, 24)
LAST_HALF = Candidate(1, CALL, date(2026, 11, 1), date(2026, 11, 15))
THIS_HALF = Candidate(2, CALL, date(2026, 11, 16), date(2026, 11, 30))
QUARTER = [Candidate(i, rule, date(2026, 10, 1), date(2026, 12, 31)) for i, rule in ((3, MEETING), (4, TALK))]


def ids(found: Bundle) -> tuple[list[int], list[int], dict[int, str]]:
    return (
        [each.obligation for each in found.together],
        [each.obligation for each in found.alone],
        {each.obligation: reason.code for each, reason in found.unfit},
    )


def test_one_visit_meets_the_call_the_meeting_and_the_talk() -> None:
    found = bundle([*QUARTER, THIS_HALF], Form.ON_SITE, True, TODAY)
    assert ids(found) == ([2, 3, 4], [], {})
    assert found.rules == (CALL, MEETING, TALK)


def test_a_call_meets_only_the_call_and_the_others_say_why_not() -> None:
    assert ids(bundle([*QUARTER, THIS_HALF], Form.CALL, False, TODAY)) == ([2], [], {3: "duty.form", 4: "duty.form"})


def test_one_contact_counts_once_for_a_rule_and_first_for_what_is_still_in_time() -> None:
    assert ids(bundle([LAST_HALF, THIS_HALF], Form.CALL, False, TODAY)) == ([2], [], {1: "duty.once"})


def test_an_overdue_duty_can_be_met_late_when_nothing_of_its_rule_is_open() -> None:
    assert ids(bundle([LAST_HALF], Form.CALL, False, TODAY)) == ([1], [], {})


def test_of_two_in_time_the_one_due_first_is_met() -> None:
    graced = Candidate(9, CALL, date(2026, 11, 14), date(2026, 11, 24))
    assert ids(bundle([THIS_HALF, graced], Form.CALL, False, TODAY))[0] == [9]


def test_a_rule_that_does_not_bundle_is_recorded_alone() -> None:
    drill = Candidate(5, replace(DRILL, bundle=False), date(2026, 1, 1), date(2026, 12, 31))
    assert ids(bundle([drill, THIS_HALF], Form.ON_SITE, True, TODAY)) == ([2], [5], {})


def test_a_duty_that_has_not_begun_on_the_day_of_the_contact_cannot_be_met() -> None:
    assert ids(bundle([THIS_HALF], Form.CALL, False, date(2026, 11, 15))) == ([], [], {2: "duty.not_started"})
