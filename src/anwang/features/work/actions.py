"""Starting long work and running it: claimed by compare-and-set, so twice started is once done."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks import task

from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.features.accounts import queries as accounts

from .models import Work, WorkState
from .queries import Progress

log = logging.getLogger(__name__)
#: From so many rows on a table is long work.
MANY_ROWS = 2000
FILE_URL = "/work/{work}/file/"


@transaction.atomic
def start(*, by: Actor, now: datetime, handler: str, label: str, params: dict[str, Any], next_url: str = "") -> Work:
    """Queue a function `handler(report, work, **params) -> dict` of a feature's jobs module.

    `label` is cut to what its column holds. `next_url` is where the person goes when it is done; "{key}" places are
    filled from the result.
    """
    if not (handler.startswith("anwang.features.") and ".jobs." in handler):
        raise ValueError(f"{handler} is not a job of a feature")
    work = Work.objects.create(
        handler=handler,
        label=label[:120],
        params=params,
        user_id=by.user_id,
        post_id=by.post_id,
        created_at=now,
        next_url=next_url,
    )
    transaction.on_commit(lambda: run_work.enqueue(str(work.id)))
    return work


def start_export(*, by: Actor, now: datetime, handler: str, label: str, params: dict[str, Any]) -> Work:
    """Queue a table of many rows; its handler answers with `kept_table`. It is fetched from the page of the work."""
    return start(by=by, now=now, handler=handler, label=label, params=params, next_url=FILE_URL)


def _reporter(work_id: UUID) -> Report:
    """A function by which a handler says how far it is."""

    def report(done: int, total: int, phase: str = "") -> None:
        caches["progress"].set(f"work-{work_id}", Progress(done, total, phase))

    return report


@task()
def run_work(work_id: str) -> None:
    """Run one work in the language of whoever asked; its outcome is on the row whatever happens."""
    claimed = Work.objects.filter(id=work_id, state=WorkState.QUEUED).update(
        state=WorkState.RUNNING, started_at=timezone.now()
    )
    if not claimed:
        return
    work = Work.objects.get(id=work_id)
    try:
        with translation.override(accounts.language_of(work.user_id) or settings.LANGUAGE_CODE):
            result = import_string(work.handler)(_reporter(work.id), work, **work.params)
        finish = {"state": WorkState.DONE, "result": result}
    except Refusal as refusal:
        finish = {"state": WorkState.FAILED, "error_code": refusal.code, "error_text": str(refusal)}
    except Exception:
        log.exception("work %s failed", work_id)
        text = gettext_noop("处理中断，数据未改动。请重试；如仍失败，请把编号告诉管理员。")
        finish = {"state": WorkState.FAILED, "error_code": "internal", "error_text": text}
    Work.objects.filter(id=work_id).update(finished_at=timezone.now(), **finish)


def reap(*, by: Actor, now: datetime, older_than: float = 3600.0) -> int:
    """Mark as failed what a killed worker left running for `older_than` seconds. Returns how many."""
    stale = Work.objects.filter(state=WorkState.RUNNING, started_at__lt=now - timedelta(seconds=older_than))
    return stale.update(
        state=WorkState.FAILED,
        finished_at=now,
        error_code="worker_lost",
        error_text=gettext_noop("后台进程中断，请重试。"),
    )
