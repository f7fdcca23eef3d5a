"""Keeping the policy's versions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from anwang.domain.base import Actor
from anwang.features.audit import actions as audit

from .models import PolicyVersion
from .queries import current


@transaction.atomic
def keep_version(*, by: Actor, now: datetime) -> tuple[PolicyVersion, bool]:
    """Store the files of the policy in force under its version, once. Returns (row, whether it is new)."""
    policy = current()
    folder = Path(settings.POLICIES_DIR) / settings.POLICY_NAME
    row, created = PolicyVersion.objects.get_or_create(
        version=policy.version,
        defaults={
            "name": policy.meta.code,
            "title": policy.meta.title,
            "number": policy.meta.document_number,
            "valid_from": policy.meta.interval.start,
            "files": {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.yaml"))},
            "recorded_at": now,
        },
    )
    if created:
        audit.record(by=by, now=now, action="policy.keep", target=f"policy:{row.id}", version=policy.version)
    return row, created
