"""The trail proves itself: whatever is edited, deleted, reordered or cut off is named."""

from __future__ import annotations

import pytest

from anwang.domain.base import SYSTEM
from anwang.features.audit import actions, queries
from anwang.features.audit.models import AuditEvent, AuditHead
from tests.refusals import refused


@pytest.fixture
def trail(db, now):
    for n in range(6):
        actions.record(by=SYSTEM, now=now, action="unit.phone", target=f"unit:{n}", phone=str(n))
    actions.record(by=SYSTEM, now=now, action="unit.phone", chain=371302)
    return AuditEvent.objects.filter(chain=0).order_by("seq")


def row(seq: int):
    return AuditEvent.objects.filter(chain=0, seq=seq)


def test_a_trail_that_nobody_touched_is_whole(trail):
    assert list(queries.faults()) == []


@pytest.mark.parametrize("field", ["actor", "action", "target", "outcome", "body"])
def test_an_edited_row_is_named(trail, field):
    row(3).update(**{field: "x"})
    assert list(queries.faults()) == ["审计链 0：第 3 条被改动"]


@pytest.mark.parametrize("field", ["user_id", "post_id"])
def test_another_author_is_named(trail, field):
    row(2).update(**{field: 99})
    assert list(queries.faults()) == ["审计链 0：第 2 条被改动"]


def test_another_time_is_named(trail, now):
    row(2).update(at=now.replace(year=2025))
    assert list(queries.faults()) == ["审计链 0：第 2 条被改动"]


def test_an_edited_row_with_a_digest_made_anew_breaks_the_next_one(trail):
    event = row(3).get()
    event.actor = "别人"
    row(3).update(actor=event.actor, digest=queries.digest_of(event))
    assert list(queries.faults()) == ["审计链 0：第 4 条被改动"]


def test_a_deleted_row_is_named(trail):
    row(4).delete()
    assert "审计链 0：第 4 条缺失" in list(queries.faults())


def test_two_rows_exchanged_are_named(trail):
    row(2).update(seq=100)
    row(3).update(seq=2)
    row(100).update(seq=3)
    assert {"审计链 0：第 2 条被改动", "审计链 0：第 3 条被改动"} <= set(queries.faults())


def test_a_truncated_trail_is_named(trail):
    AuditEvent.objects.filter(chain=0, seq__gt=4).delete()
    assert list(queries.faults()) == ["审计链 0：末尾被截断（应有 6 条，实有 4 条）"]


def test_a_chain_whose_head_is_gone_is_named(trail):
    AuditHead.objects.filter(chain=371302).delete()
    assert list(queries.faults()) == ["审计链 371302：没有链头"]


def test_verifying_a_chain_is_itself_in_the_trail(trail, now):
    assert actions.verify_chain(by=SYSTEM, now=now, chain=371302) == []
    state = {s.head.chain: s for s in queries.chains()}
    assert state[371302].whole is True
    assert state[0].whole is None
    row(1).update(body="{}")
    assert actions.verify_chain(by=SYSTEM, now=now, chain=0) == ["审计链 0：第 1 条被改动"]
    assert {s.head.chain: s.whole for s in queries.chains()} == {0: False, 371302: True}


def test_an_unknown_chain_is_refused(trail, now):
    with refused("chain_unknown"):
        actions.verify_chain(by=SYSTEM, now=now, chain=5)
