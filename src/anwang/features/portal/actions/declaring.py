"""An enterprise proposes what is to stand about it, takes it back, or says that all is still so (二.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Reason, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.portal.declarations import State, Topic, changed, may_become
from anwang.features.audit import actions as audit
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from .. import queries
from ..models import Affirmation, Declaration
from ..permissions import may_declare
from ..queries.declarations import FACTS, judges, present

POINT_FIELDS = ("name", "location", "major_hazard", "hazards", "persons", "serious", "minor", "persists")
ALLOWED_FIELDS = {
    Topic.FACTS: FACTS,
    Topic.STATUS: ("status", "on", "reason"),
    Topic.POINT: POINT_FIELDS,
    Topic.POINT_NEW: POINT_FIELDS,
    Topic.POINT_GONE: ("reason",),
}


def _own(by: Actor) -> Any:
    firm = queries.own_firm(by)
    insist(may_declare(by, firm.id if firm else 0))
    return firm


def declare(*, by: Actor, now: datetime, topic: Topic, values: Mapping[str, Any], subject: int = 0) -> Declaration:
    """Propose what is to stand; only what differs is kept. `subject` is the risk point's key, `on` an ISO day.

    Refuses `not_found`, `nothing_changed`, `declaration_waiting`, `point_gone`, `name_missing`, `reason_missing`,
    `date_future`, `status_same`.
    """
    firm, day = _own(by), local_day(now)
    before = present(firm, topic, subject, day=day)
    if before is None:
        raise Refusal("point_gone", gettext_noop("这个风险点已经取消。"))
    told = {name: value for name, value in values.items() if name in ALLOWED_FIELDS[topic]}
    _check(topic, told, before, day)
    pairs = changed(before, told)
    if topic is Topic.POINT_GONE:
        pairs["name"] = (before["name"], "")
    if not pairs:
        raise Refusal("nothing_changed", gettext_noop("与现有资料相同，不用申报；没有变化时点“仍然属实”即可。"))
    try:
        return _keep(by, now, firm, topic, subject, pairs)
    except IntegrityError:
        text = gettext_noop("这项内容已有一份申报在核对，请先撤回，再重新申报。")
        raise Refusal("declaration_waiting", text) from None


def _check(topic: Topic, told: Mapping[str, Any], before: Mapping[str, Any], day: date) -> None:
    if topic is Topic.STATUS and told.get("status") == before["status"]:
        raise Refusal("status_same", gettext_noop("现在登记的就是这个状态，不用申报。"))
    if topic is Topic.STATUS and (told.get("status") not in ("operating", "suspended") or told.get("on", "") == ""):
        raise Refusal("status_unknown", gettext_noop("请选择停产停业或复工，并填写日期。"))
    if topic is Topic.STATUS and date.fromisoformat(str(told["on"])) > day:
        raise Refusal("date_future", gettext_noop("日期不能晚于今天。"))
    if topic in (Topic.STATUS, Topic.POINT_GONE) and len(str(told.get("reason", "")).strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明原因，例如：停产检修、设备拆除。"))
    if topic in (Topic.POINT, Topic.POINT_NEW) and not str(told.get("name", "")).strip():
        raise Refusal("name_missing", gettext_noop("请填写风险点名称。"))


@transaction.atomic
def _keep(by: Actor, now: datetime, firm: Any, topic: Topic, subject: int, pairs: Mapping[str, Any]) -> Declaration:
    row = Declaration.objects.create(
        enterprise_id=firm.id, county=firm.county, township=firm.township, topic=topic, subject=subject,
        said=json.dumps(pairs, ensure_ascii=False), by=by.name, made_at=now,
    )  # fmt: skip
    audit.record(
        by=by, now=now, action="declaration.made", target=f"declaration:{row.id}", chain=firm.county, topic=topic.value,
        fields=sorted(pairs),
    )  # fmt: skip
    text = Reason("declaration.made", gettext_noop("%(firm)s 申报了资料更正，请核对"), {"firm": firm.name})
    drafts = [
        Draft(person, "declaration", f"declaration:{row.id}:made:{person}", text, "", f"/declarations/{row.id}/")
        for person in judges(firm, day=local_day(now))
    ]
    notices.enqueue_many(by=by, now=now, drafts=drafts)
    return row


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, declaration_id: int) -> None:
    """Take a declaration back before it is decided. Refuses `not_found`, `declaration_state`."""
    firm = _own(by)
    row = queries.declaration(by, declaration_id)
    if row is None or row.enterprise_id != firm.id:
        raise Refusal("not_found", gettext_noop("没有找到这项申报，或它不在您的范围内。"))
    end(row, State.WITHDRAWN, by=by, now=now)
    audit.record(by=by, now=now, action="declaration.withdrawn", target=f"declaration:{row.id}", chain=row.county)


def end(row: Declaration, to: State, *, by: Actor, now: datetime, answer: str = "") -> None:
    """Bring a declaration into its last state, or refuse `declaration_state` when somebody else was first."""
    insist(may_become(State(row.state), to))
    ended = {"state": to, "ended_by": by.name, "ended_at": now, "answer": answer}
    if not Declaration.objects.filter(id=row.id, state=row.state).update(**ended):
        text = gettext_noop("这项申报已由他人处理，请刷新后查看。")
        raise Refusal("declaration_state", text)


@transaction.atomic
def affirm(*, by: Actor, now: datetime) -> Affirmation:
    """仍然属实: what stands about the enterprise is right today. Once a day; saying it again changes nothing."""
    firm = _own(by)
    row, new = Affirmation.objects.get_or_create(enterprise_id=firm.id, on=local_day(now), defaults={"by": by.name})
    if new:
        audit.record(by=by, now=now, action="declaration.affirmed", target=f"enterprise:{firm.id}", chain=firm.county)
    return row
