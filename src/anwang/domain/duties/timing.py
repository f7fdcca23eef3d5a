"""When a contact was captured, when it arrived, and whether that is in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.calendar import local_day

CLOCK_TOLERANCE = timedelta(minutes=5)
LONGEST_OFFLINE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Capture:
    """The instant that counts as the capture. `credible` False: the clock was not believed; `reason` says why."""

    at: datetime
    credible: bool = True
    reason: Reason | None = None


def credible_capture(captured_at: datetime | None, received_at: datetime, sent_at: datetime | None = None) -> Capture:
    """The instant at which a record was made, from the device's clock and the server's; all aware, else ValueError.

    `sent_at` is the device's clock at the moment of sending: with it a clock that is off by a day or by years is put
    right, because the time between capture and sending is right. Without it a capture more than 5 minutes after its
    arrival or more than 31 days before it is not believed, and the arrival counts. Never later than the arrival.
    """
    if captured_at is None:
        return Capture(received_at)
    clock_off = sent_at is not None and abs(received_at - sent_at) > CLOCK_TOLERANCE
    age = (sent_at if sent_at is not None and clock_off else received_at) - captured_at
    if age < -CLOCK_TOLERANCE:
        return _disbelieved(received_at, "duty.capture.future", FUTURE, captured_at)
    if age > LONGEST_OFFLINE:
        return _disbelieved(received_at, "duty.capture.old", OLD, captured_at)
    at = received_at - max(age, timedelta())
    return Capture(at, True, Reason("duty.capture.corrected", CORRECTED) if clock_off else None)


FUTURE = gettext_noop("设备时间 %(captured)s 晚于收到时间，按收到时间计算")
OLD = gettext_noop("设备时间 %(captured)s 早于收到时间 31 天以上，按收到时间计算")
CORRECTED = gettext_noop("设备时钟不准，已按发送时的差值校正")


def _disbelieved(received_at: datetime, code: str, text: str, captured_at: datetime) -> Capture:
    shown = captured_at.strftime("%Y-%m-%d %H:%M")
    return Capture(received_at, False, Reason(code, text, {"captured": shown}))


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether work was in time; `reason` says why not, or why it is in time although it arrived after the deadline."""

    in_time: bool
    reason: Reason | None = None

    @property
    def late(self) -> bool:
        return not self.in_time


def timeliness(occurred_on: date, captured_at: datetime, received_at: datetime, due: date, miss: date) -> Timeliness:
    """In time or late, by the obligation's frozen days; `captured_at` comes from `credible_capture`.

    Done and captured by the last day and arrived before `miss` is in time, also when it arrived after the last day
    (both times show). Work done in time and written down later, or done later, is late and needs a reason.
    """
    if occurred_on > due:
        text = gettext_noop("发生日期 %(occurred)s 在截止日 %(due)s 之后")
        return Timeliness(False, Reason("duty.late.occurred", text, {"occurred": occurred_on, "due": due}))
    captured, received = local_day(captured_at), local_day(received_at)
    if received <= due:
        return Timeliness(True)
    if captured > due:
        text = gettext_noop("登记日期 %(captured)s 在截止日 %(due)s 之后")
        return Timeliness(False, Reason("duty.late.captured", text, {"captured": captured, "due": due}))
    params = {"captured": captured, "received": received, "due": due}
    if received >= miss:
        text = gettext_noop("登记于 %(captured)s，%(received)s 才收到，超过了补传期限")
        return Timeliness(False, Reason("duty.late.received", text, params))
    text = gettext_noop("登记于 %(captured)s，%(received)s 收到，在补传期限内，按按时计算")
    return Timeliness(True, Reason("duty.in_window", text, params))
