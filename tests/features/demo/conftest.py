"""The smallest demonstration, made twice in one transaction that is given up at the end: the second one stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from anwang.domain.base import SYSTEM

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """`made`, and the `digests` of what two makings with the same seed wrote."""
    from django.db import transaction

    from anwang.features.demo.actions import make_demo

    with django_db_blocker.unblock(), transaction.atomic():
        point = transaction.savepoint()
        make_demo(by=SYSTEM, now=NOW, size="small", seed=7)
        first = written()
        transaction.savepoint_rollback(point)
        made = make_demo(by=SYSTEM, now=NOW, size="small", seed=7)
        yield SimpleNamespace(made=made, digests=(first, written()))
        transaction.set_rollback(True)


def written() -> str:
    """A digest over who was bound to whom and what they recorded, without any key of the database (some records of
    answers and tasks derive their client id from one)."""
    from anwang.features.assignments.models import Assignment
    from anwang.features.duties.models import Contact, Fulfilment

    columns = ("enterprise__name", "person__name", "person__phone_index")
    rows = [*Assignment.objects.order_by("id").values_list(*columns, "part", "valid_from", "valid_to")]
    rows += Contact.objects.order_by("id").values_list(*columns, "form", "note", "captured_at", "received_at")
    rows += Fulfilment.objects.order_by("id").values_list("contact__captured_at", "rule", "answers", "counts")
    return hashlib.sha256(repr(rows).encode()).hexdigest()
