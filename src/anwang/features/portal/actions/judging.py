"""A declaration is taken over into the roster, by the roster's own acts, or returned with a reason (二.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Reason, Refusal, Right, Role, Territory, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.portal.declarations import State, Topic
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.audit import actions as audit
from anwang.features.enterprises import actions as enterprises
from anwang.features.enterprises.queries import page as pages
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from .. import queries
from ..models import Declaration
from ..permissions import may_judge
from ..queries.declarations import leads_it, point_values, said
from .declaring import end


def _found(by: Actor, now: datetime, declaration_id: int) -> Declaration:
    row = queries.declaration(by, declaration_id)
    leads = row is not None and leads_it(by, row.enterprise_id, day=local_day(now))
    if row is None or not (decision := may_judge(by, visible=row is not None, leads=leads)):
        raise Refusal.of(decision if row else may_judge(by, visible=False, leads=False))
    return row


@transaction.atomic
def accept_declaration(*, by: Actor, now: datetime, declaration_id: int) -> tuple[Declaration, Any]:
    """Take it over. Returns it with the change of the roster (None when all stood so already).

    Refuses `not_found`, `not_yours`, `declaration_state`, and what the roster refuses; then nothing is changed.
    """
    row = _found(by, now, declaration_id)
    end(row, State.ACCEPTED, by=by, now=now)
    change = _apply(_keeper(by, row.enterprise.place), now, row)
    Declaration.objects.filter(id=row.id).update(change_id=change.id if change else None)
    _note(by, now, row, State.ACCEPTED, gettext_noop("您申报的资料更正已采纳"))
    return row, change


@transaction.atomic
def return_declaration(*, by: Actor, now: datetime, declaration_id: int, reason: str) -> Declaration:
    """Give it back with a reason. Refuses `not_found`, `not_yours`, `declaration_state`, `reason_missing`."""
    row = _found(by, now, declaration_id)
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明退回的原因，企业会看到。"))
    end(row, State.RETURNED, by=by, now=now, answer=reason.strip()[:200])
    _note(by, now, row, State.RETURNED, gettext_noop("您申报的资料更正已退回，请看原因"))
    return row


def _keeper(by: Actor, place: int) -> Actor:
    """Who writes the roster: leaders and offices by their own right; the lead supervisor, who decided on this one
    declaration by `may_judge`, for the place of this one enterprise and for nothing else."""
    if by.has(Role.LEADER, Role.OFFICE) and by.territory.covers(place):
        return by
    return replace(by, roles=by.roles | {Role.OFFICE}, territory=Territory(((place, place + 1),)))


def _apply(keeper: Actor, now: datetime, row: Declaration) -> Any:
    topic, firm, told = Topic(row.topic), row.enterprise_id, said(row)
    after = {name: pair[1] for name, pair in told.items()}
    at: dict[str, Any] = {"by": keeper, "now": now, "enterprise_id": firm}
    if topic is Topic.FACTS:
        return enterprises.correct(**at, values=after)
    if topic is Topic.STATUS:
        on = date.fromisoformat(after["on"])
        return enterprises.set_status(**at, status=after["status"], on=on, reason=after["reason"])
    if topic is Topic.POINT_NEW:
        return enterprises.add_point(**at, name=after["name"], location=after.get("location", ""), facts=_facts(after))
    if topic is Topic.POINT_GONE:
        return enterprises.remove_point(**at, point_id=row.subject, reason=after["reason"])
    return _change_point(at, row, after, local_day(now))


def _change_point(at: dict[str, Any], row: Declaration, after: dict[str, Any], day: date) -> Any:
    line = pages.point_line(row.enterprise_id, row.subject, day)
    if line is None:
        raise Refusal("point_gone", gettext_noop("这个风险点已经取消。"))
    whole = point_values(line.point.name, line.point.location, line.facts) | after
    facts = replace(_facts(whole), evaluated_level=line.facts.evaluated_level)
    return enterprises.change_point(
        **at, point_id=row.subject, name=whole["name"], location=whole["location"], facts=facts
    )


def _facts(values: dict[str, Any]) -> RiskFacts:
    return RiskFacts(
        fatal_or_major_ever=bool(values.get("serious")), minor_accidents=int(values.get("minor") or 0),
        condition_persists=bool(values.get("persists", True)), major_hazard_source=bool(values.get("major_hazard")),
        hazard_kinds=frozenset(map(HazardKind, values.get("hazards") or ())), persons=int(values.get("persons") or 0),
        label=str(values["name"]).strip(),
    )  # fmt: skip


def _note(by: Actor, now: datetime, row: Declaration, to: State, words: str) -> None:
    audit.record(by=by, now=now, action=f"declaration.{to.value}", target=f"declaration:{row.id}", chain=row.county)
    text = Reason(f"declaration.{to.value}", words)
    people = set(grid.firm_people([row.enterprise_id], Right.DECLARE, on=local_day(now)).get(row.enterprise_id, ()))
    drafts = [
        Draft(person, "declaration", f"declaration:{row.id}:{to.value}:{person}", text, "", f"/declarations/{row.id}/")
        for person in sorted(people)
    ]
    notices.enqueue_many(by=by, now=now, drafts=drafts)
