"""Keeping the policy's versions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from anwang.adapters.policy_files import read_policy_texts
from anwang.domain.base import Actor
from anwang.features.audit import actions as audit

from .models import PolicyVersion
from .queries import current, folder


@transaction.atomic
def keep_version(*, by: Actor, now: datetime) -> tuple[PolicyVersion, bool]:
    """Store the files of the policy in force under its version, once. Returns (row, whether it is new)."""
    policy = current()
    row, created = PolicyVersion.objects.get_or_create(
        version=policy.version,
        defaults={
            "name": policy.meta.code,
            "title": policy.meta.title,
            "number": policy.meta.document_number,
            "valid_from": policy.meta.interval.start,
            "files": read_policy_texts(Path(folder())),
            "recorded_at": now,
        },
    )
    if created:
        audit.record(by=by, now=now, action="policy.keep", target=f"policy:{row.id}", version=policy.version)
    return row, created
