"""The one periodic command: every step on its own, whatever became of the others, and never twice at once."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from time import perf_counter, sleep
from typing import Any

from django.db.models import Q
from django.utils import timezone

from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day

from ..models import Clock, TickLock
from ..queries.rules import last_at
from .steps import JOBS, Step

log = logging.getLogger(__name__)
#: A killed tick is believed to run for so long; a living one says anew before each step that it is there.
LEASE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step: `result` in numbers, or `code` and `text` of what stopped it. `skipped`: not yet due."""

    step: str
    ok: bool
    skipped: bool = False
    result: dict[str, Any] | None = None
    code: str = ""
    text: str = ""
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def tick(
    *, by: Actor, now: datetime, force: bool = False, wait: float = 0.0, report: Report = lambda *_: None
) -> list[Outcome]:
    """Carry out every step that is due (`force`: all) and return what became of each. Idempotent; run it often.

    Two at once take turns: the second waits up to `wait` seconds, then refuses `tick_busy`.
    """
    with _turn(wait) as holder:
        found = []
        for number, step in enumerate(JOBS):
            report(number, len(JOBS), step.label)
            _hold(holder)
            found.append(_carry(step, by, now, force))
        report(len(JOBS), len(JOBS), "")
    return found


def _carry(step: Step, by: Actor, now: datetime, force: bool) -> Outcome:
    """One step. A fault of it is told by a code and stops nothing else."""
    name = f"tick:{step.code}"
    if not force and not _due(step, last_at(name), now):
        return Outcome(step.code, True, skipped=True)
    started = perf_counter()
    try:
        result = step.run(by, now)
    except Refusal as refusal:
        return Outcome(step.code, False, code=refusal.code, text=str(refusal), seconds=_since(started))
    except Exception:
        log.exception("tick: %s failed", step.code)
        text = gettext_noop("这一步出错，其余照常；详情见服务器日志。")
        return Outcome(step.code, False, code="internal", text=text, seconds=_since(started))
    Clock.objects.update_or_create(name=name, defaults={"last_at": now})
    return Outcome(step.code, True, result=result, seconds=_since(started))


def _due(step: Step, last: datetime | None, now: datetime) -> bool:
    """Each time, or after its interval and on every new day."""
    return last is None or last + step.every <= now or local_day(last) != local_day(now)


def _since(started: float) -> float:
    return round(perf_counter() - started, 2)


@contextmanager
def _turn(wait: float) -> Iterator[uuid.UUID]:
    """The lock, by compare-and-set. The wall clock decides here: the lock speaks of processes, not of duties."""
    TickLock.objects.get_or_create(id=1)
    holder, until = uuid.uuid4(), perf_counter() + wait
    while not _take(holder):
        if perf_counter() >= until:
            raise Refusal("tick_busy", gettext_noop("另一个定时任务正在进行，请稍后再试。"))
        sleep(0.2)
    try:
        yield holder
    finally:
        TickLock.objects.filter(id=1, holder=holder).update(holder=None, until=None)


def _take(holder: uuid.UUID) -> bool:
    now = timezone.now()
    free = TickLock.objects.filter(Q(holder=None) | Q(until__lt=now), id=1)
    return bool(free.update(holder=holder, until=now + LEASE))


def _hold(holder: uuid.UUID) -> None:
    """Say anew that this run is there; refuse to go on when another has taken over."""
    if not TickLock.objects.filter(id=1, holder=holder).update(until=timezone.now() + LEASE):
        raise Refusal("tick_lost", gettext_noop("定时任务中断过久，已由另一个接手。"))
