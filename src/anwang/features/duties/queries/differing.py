"""In what a record that was sent again differs from the one that is kept (B9: nothing is lost, nothing merged)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from anwang.domain.base import gettext_noop
from anwang.domain.duties.rules import Form
from anwang.features.policies import queries as policies

from ..models import Contact

WRITTEN = {
    "occurred_on": gettext_noop("日期"),
    "occurred_at": gettext_noop("时间"),
    "form": gettext_noop("形式"),
    "on_site": gettext_noop("在企业现场"),
    "with_whom": gettext_noop("企业参加人"),
    "reached": gettext_noop("是否联系上"),
    "place": gettext_noop("地点"),
    "note": gettext_noop("情况记录"),
    "late_reason": gettext_noop("逾期原因"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what is kept and what was sent, as a person reads them."""

    field: str
    label: str
    kept: str
    sent: str


def differences(known: Contact, data: Any) -> list[Difference]:
    """Every field in which a record differs from what was sent (`actions.ContactData`).

    A record of another enterprise or person differs in that alone.
    """
    for name, label, kept, sent in (
        ("enterprise", gettext_noop("企业"), known.enterprise_id, data.enterprise),
        ("person", gettext_noop("登记人"), known.person_id, data.person),
    ):
        if kept != sent:
            return [Difference(name, label, str(kept), str(sent))]
    return [*_written(known, data), *_answered(known, data)]


def _written(known: Contact, data: Any) -> Iterator[Difference]:
    for name, label in WRITTEN.items():
        kept, sent = getattr(known, name), getattr(data, name)
        if name == "on_site":
            sent = sent or data.form is Form.ON_SITE
        if (kept or "") != (sent or ""):
            yield Difference(name, label, _shown(kept), _shown(sent))


def _answered(known: Contact, data: Any) -> Iterator[Difference]:
    """By duty and question; `remote_under` is ours, not the person's."""
    mine = {row.rule: row.answers for row in known.fulfilments.all()}
    theirs = {entry.rule: entry.answers for entry in data.entries}
    policy = policies.current()
    for code in sorted(mine.keys() | theirs.keys()):
        rule = policy.duty_rule(code, known.occurred_on)
        if code not in mine or code not in theirs:
            yield Difference("duty", rule.short, _shown(code in mine), _shown(code in theirs))
            continue
        for answer in rule.answers:
            kept, sent = mine[code].get(answer.code, ""), theirs[code].get(answer.code, "")
            if kept != sent:
                yield Difference(f"answer_{answer.code}", answer.label, kept, sent)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return gettext_noop("是") if value else gettext_noop("否")
    return value.label if isinstance(value, Form) else str(value or "")
