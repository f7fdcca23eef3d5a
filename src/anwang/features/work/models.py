"""Long work: what was asked, how far it is, what came of it. Runs in a worker, survives a restart."""

from __future__ import annotations

import uuid

from django.db import models

from anwang.domain.base import gettext_noop


class WorkState(models.TextChoices):
    QUEUED = "queued", gettext_noop("等待")
    RUNNING = "running", gettext_noop("进行中")
    DONE = "done", gettext_noop("完成")
    FAILED = "failed", gettext_noop("未完成")


class Work(models.Model):
    """One piece of long work. `handler` names a function of a feature's jobs module."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    handler = models.CharField(max_length=120)
    label = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.QUEUED)
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_text = models.TextField(blank=True, default="")
    next_url = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["user_id", "created_at"], name="work_user")]
