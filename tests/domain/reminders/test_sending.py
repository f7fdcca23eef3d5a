"""Nothing rings at night or on days of rest, and what fails waits longer each time."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.calendar import SHANGHAI, Workdays
from anwang.domain.reminders.rules import QuietRule, SendingRule
from anwang.domain.reminders.sending import one_line, opens_at, plain_lines, wait_after

NIGHT = QuietRule(time(20), time(8), True, exempt_at_night=("flood",), exempt_on_rest_days=("flood", "returned"))
DAYS = packaged_workdays()
SENDING = SendingRule(10, 600, tries=5, first_wait=2, longest_wait=10, keep_days=180)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),  # a Tuesday
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 20:00", "2026-11-25 08:00"),
        ("2026-11-24 23:59", "2026-11-25 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-27 21:00", "2026-11-30 08:00"),  # Friday night: Monday
        ("2026-11-28 12:00", "2026-11-30 08:00"),
        ("2026-09-30 21:00", "2026-10-08 08:00"),  # the national holiday
        ("2026-10-10 09:00", "2026-10-10 09:00"),  # a Saturday that is worked
    ],
)
def test_a_message_waits_for_the_next_working_hour(moment: str, opens: str) -> None:
    assert opens_at(at(moment), "digest", False, NIGHT, DAYS) == at(opens)


def test_an_urgent_message_passes_only_by_what_its_kind_is_exempt_from() -> None:
    saturday_night = at("2026-11-28 22:00")
    assert opens_at(saturday_night, "flood", True, NIGHT, DAYS) == saturday_night
    assert opens_at(saturday_night, "returned", True, NIGHT, DAYS) == at("2026-11-29 08:00")
    assert opens_at(saturday_night, "other", True, NIGHT, DAYS) == at("2026-11-30 08:00")
    assert opens_at(saturday_night, "flood", False, NIGHT, DAYS) == at("2026-11-30 08:00")


def test_in_a_year_without_a_table_monday_to_friday_are_worked() -> None:
    assert opens_at(at("2031-10-01 09:00"), "digest", False, NIGHT, Workdays()) == at("2031-10-01 09:00")
    assert opens_at(at("2031-10-04 09:00"), "digest", False, NIGHT, Workdays()) == at("2031-10-06 08:00")


@pytest.mark.slow
@given(st.integers(0, 353 * 24 * 60), st.times(), st.times(), st.booleans(), st.booleans())
def test_where_a_message_is_let_out_it_stays_let_out(
    minutes: int, begins: time, ends: time, rest: bool, urgent: bool
) -> None:
    quiet = QuietRule(begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0), rest, ("flood",))
    start = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    opens = opens_at(start, "flood", urgent, quiet, DAYS)
    assert opens >= start
    assert opens_at(opens, "flood", urgent, quiet, DAYS) == opens
    assert opens - start < timedelta(days=11)


def test_a_failed_message_waits_twice_as_long_each_time_and_is_given_up_at_last() -> None:
    waits = [wait_after(n, SENDING) for n in range(1, 6)]
    assert waits == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8), timedelta(minutes=10), None]


@pytest.mark.slow
@given(st.text())
def test_a_title_is_one_printable_line_whatever_was_typed(text: str) -> None:
    title = one_line(text, 40)
    assert len(title) <= 40
    assert title.isprintable()


def test_a_title_cannot_bring_a_header_of_its_own() -> None:
    assert one_line("退回\r\nBcc: a@b.example\x00") == "退回 Bcc: a@b.example"


def test_a_body_keeps_its_lines_and_no_other_control_signs() -> None:
    assert plain_lines("一\r\n二\x07\x1b[31m\n\n三  \n") == "一\n二[31m\n\n三"
