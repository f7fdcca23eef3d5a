"""Phones with wrong clocks, no network and answers at 23:59:59: the right period, the right reason."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.calendar import SHANGHAI
from anwang.domain.duties.timing import credible_capture, timeliness

FEW = settings(max_examples=40, deadline=None)

DUE, MISS = date(2026, 11, 30), date(2026, 12, 4)
INSTANTS = st.datetimes(timezones=st.just(UTC))
NOW = datetime(2026, 11, 30, 23, 58, tzinfo=SHANGHAI)


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def test_a_record_of_two_weeks_offline_is_believed() -> None:
    capture = credible_capture(NOW - timedelta(days=14), NOW)
    assert (capture.at, capture.credible, capture.reason) == (NOW - timedelta(days=14), True, None)


def test_a_record_without_a_time_of_its_own_was_made_when_it_arrived() -> None:
    assert credible_capture(None, NOW).at == NOW


def test_a_clock_three_minutes_ahead_does_not_push_work_into_the_next_period() -> None:
    capture = credible_capture(NOW + timedelta(minutes=3), NOW)
    assert (capture.at, capture.credible) == (NOW, True)


@pytest.mark.parametrize(
    ("off", "code"),
    [
        (timedelta(days=1), "duty.capture.future"),
        (timedelta(days=365 * 5), "duty.capture.future"),
        (timedelta(days=-365 * 5), "duty.capture.old"),
        (timedelta(days=-32), "duty.capture.old"),
    ],
)
def test_an_absurd_clock_is_not_believed_and_the_arrival_counts(off: timedelta, code: str) -> None:
    capture = credible_capture(NOW + off, NOW)
    assert (capture.at, capture.credible) == (NOW, False)
    assert capture.reason is not None
    assert capture.reason.code == code


@FEW
@given(st.timedeltas(timedelta(days=-3000), timedelta(days=3000)), st.integers(0, 30 * 86400))
def test_a_clock_that_is_wrong_by_years_is_put_right_by_the_time_of_sending(off: timedelta, seconds: int) -> None:
    waited = timedelta(seconds=seconds)
    capture = credible_capture(NOW - waited + off, NOW, sent_at=NOW + off)
    tolerance = timedelta(minutes=5) if abs(off) <= timedelta(minutes=5) else timedelta()
    assert capture.credible
    assert abs(capture.at - (NOW - waited)) <= tolerance


def test_seconds_on_the_network_do_not_make_the_last_second_of_a_period_late() -> None:
    captured = at(11, 30, 23, 59, 58)
    capture = credible_capture(captured, captured + timedelta(seconds=9), sent_at=captured + timedelta(seconds=1))
    assert capture.at == captured


@FEW
@given(INSTANTS, INSTANTS.filter(lambda received: received.year > 1), st.none() | INSTANTS)
def test_no_clock_however_absurd_breaks_or_comes_from_the_future(
    captured: datetime, received: datetime, sent: datetime | None
) -> None:
    capture = credible_capture(captured, received, sent)
    assert received - timedelta(days=31) <= capture.at <= received


@pytest.mark.parametrize(
    ("occurred", "captured", "received", "in_time", "code"),
    [
        (date(2026, 11, 20), at(11, 20), at(11, 20), True, None),
        (date(2026, 11, 30), at(11, 30, 23, 59, 59), at(11, 30, 23, 59, 59), True, None),
        (date(2026, 11, 30), at(11, 30, 23, 59, 59), at(12, 1, 0, 0, 5), True, "duty.in_window"),
        (date(2026, 11, 20), at(11, 20), at(12, 3, 23, 59, 59), True, "duty.in_window"),
        (date(2026, 11, 20), at(11, 20), at(12, 4, 0, 0, 0), False, "duty.late.received"),
        (date(2026, 11, 20), at(12, 1, 0, 0, 0), at(12, 1, 0, 0, 0), False, "duty.late.captured"),
        (date(2026, 12, 1), at(12, 1), at(12, 1), False, "duty.late.occurred"),
    ],
)
def test_work_is_in_time_when_done_and_captured_in_the_period_and_received_in_the_window(
    occurred: date, captured: datetime, received: datetime, in_time: bool, code: str | None
) -> None:
    found = timeliness(occurred, captured.astimezone(UTC), received.astimezone(UTC), DUE, MISS)
    assert (found.in_time, found.late, found.reason and found.reason.code) == (in_time, not in_time, code)


def test_both_times_show_when_a_record_arrives_in_the_window() -> None:
    found = timeliness(date(2026, 11, 20), at(11, 20), at(12, 2), DUE, MISS)
    assert str(found.reason) == "登记于 2026-11-20，2026-12-02 收到，在补传期限内，按按时计算"
