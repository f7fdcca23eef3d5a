"""`anwang verify`: what must hold and does not, each fault by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from anwang.adapters.policy_files import policy_from_texts
from anwang.domain.base import gettext_noop
from anwang.domain.duties.ledger import Mismatch
from anwang.domain.policy import PolicyError
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries.standing import uncovered_names
from anwang.features.audit import queries as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Fulfilment, Obligation
from .orphans import unheld
from .rows import OPEN
from .totals import tally_faults

#: So many faults of a kind are named; the rest are counted.
NAMED = 100
#: What is checked, in words.
CHECKS = {
    "sums": gettext_noop("统计与明细一致"),
    "chains": gettext_noop("审计链完整"),
    "records": gettext_noop("完成的职责都有记录"),
    "orphans": gettext_noop("企业和职责都有人负责"),
    "policies": gettext_noop("方案各版本的文本未改动"),
    "media": gettext_noop("存入的文件齐全、未改动"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code and a sentence that names the place."""

    code: str
    text: str


def verify(*, on: date, now: datetime | None = None) -> dict[str, list[Fault]]:
    """The faults of every check of `CHECKS`; all lists empty is a sound database.

    Files that nothing names are looked for when `now` is given: those younger than two days may be on their way, or
    waiting for the sweep of the day.
    """
    return {
        "sums": [Fault("tally_differs", _sums(each)) for each in tally_faults()],
        "chains": [Fault("audit_broken", text) for text in audit.faults()],
        "records": list(_records()),
        "orphans": list(_orphans(on)),
        "policies": list(_policies()),
        "media": [Fault(each.code, each.text) for each in audit.file_faults(now=now)],
    }


def _sums(each: Mismatch) -> str:
    key = each.key
    return (
        f"乡镇 {key.township} {key.rule} {key.period}（截止 {key.due}）：明细 应尽{each.counted.expected} "
        f"完成{each.counted.done} 逾期{each.counted.late} 免除{each.counted.waived}，统计 应尽{each.stored.expected} "
        f"完成{each.stored.done} 逾期{each.stored.late} 免除{each.stored.waived}"
    )


def _records() -> Iterator[Fault]:
    """Done without a record that counts, or a record that counts for what is not done."""
    counting = Fulfilment.objects.filter(counts=True, void_at__isnull=True)
    met = Exists(counting.filter(obligation_id=OuterRef("id")))
    done = Obligation.objects.filter(done_at__isnull=False)
    for key, firm, rule, period in _four(done.filter(~met)):
        yield Fault("done_without_record", f"职责 {key}（企业 {firm} {rule} {period}）已完成而没有计入的记录")
    for key, firm, rule, period in _four(Obligation.objects.filter(met, done_at__isnull=True)):
        yield Fault("record_without_done", f"职责 {key}（企业 {firm} {rule} {period}）有计入的记录而未完成")


def _orphans(on: date) -> Iterator[Fault]:
    """Operating enterprises that nobody leads, and duties still to be done at enterprises that nobody leads."""
    for key, name in uncovered_names(on=on, limit=NAMED):
        yield Fault("enterprise_without_lead", f"企业 {key}“{name}”没有主包保人")
    led = assignments.leads(on=on)
    known = enterprises.standings()
    rows = Obligation.objects.filter(OPEN, due__gte=on).values_list("id", "enterprise_id", "rule", "period")
    lost = [row for row in rows.iterator(chunk_size=10000) if row[1] not in led or row[1] not in known]
    for key, firm, rule, period in lost[:NAMED]:
        yield Fault("duty_without_lead", f"职责 {key}（企业 {firm} {rule} {period}）所在企业没有主包保人")
    for key, firm, rule, period in _four(unheld(on)):
        yield Fault("duty_without_post", f"职责 {key}（企业 {firm} {rule} {period}）的责任人已没有任职")


def _four(rows: object) -> list[tuple[int, int, str, str]]:
    return list(rows.values_list("id", "enterprise_id", "rule", "period")[:NAMED])  # type: ignore[attr-defined]


def _policies() -> Iterator[Fault]:
    """The kept texts of every version still make that version: a frozen row can be read again as it was."""
    for row in policies.versions():
        try:
            found = policy_from_texts(row.files).version
        except PolicyError as error:
            found = str(error).splitlines()[0]
        if found != row.version:
            yield Fault("policy_changed", f"方案版本 {row.version} 保存的文本被改动（{found}）")
