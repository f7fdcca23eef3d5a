"""The enterprise's first page: what waits for it, who its supervisors are, who comes when, what is due and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Actor, Right, gettext_noop
from anwang.features.accounts import queries as accounts
from anwang.features.advice import queries as advice
from anwang.features.assignments import queries as assignments
from anwang.features.discipline import queries as discipline
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import DutyRow
from anwang.features.enterprises import queries as enterprises
from anwang.features.portal import queries as portal
from anwang.features.problems import queries as problems
from anwang.features.visits import queries as visits

from .waiting import Waiting, told

#: name → (what it is, unit of counting, page), in the order of the page.
ROWS = {
    "rectify": (gettext_noop("等本企业处理的问题"), gettext_noop("%(n)d 件"), "problem_list"),
    "relays": (gettext_noop("要签收的政策通知"), gettext_noop("%(n)d 份"), "relay_list"),
    "answers": (gettext_noop("提问有了答复，请看是否清楚"), gettext_noop("%(n)d 件"), "question_ask"),
    "settled": (gettext_noop("投诉有了答复，请看是否认可"), gettext_noop("%(n)d 件"), "complaint_list"),
}
#: What an enterprise can do, each one tap away: page, words, icon.
ACTS = (
    ("question_ask", gettext_noop("提问咨询"), "message-question"),
    ("visit_firm", gettext_noop("来访和约时间"), "calendar-event"),
    ("problem_list", gettext_noop("问题整改"), "alert-octagon"),
    ("relay_list", gettext_noop("通知签收"), "speakerphone"),
    ("own_profile", gettext_noop("企业资料和风险点"), "building-factory-2"),
    ("own_papers", gettext_noop("本企业文书"), "files"),
    ("own_visits", gettext_noop("评价来访"), "message-check"),
    ("complaint_list", gettext_noop("投诉"), "message"),
    ("material_list", gettext_noop("警示教育资料"), "movie"),
    ("own_staff", gettext_noop("人员权限"), "users"),
)
#: What a duty of the supervisor means for the enterprise, by the rule's number (附件4); what there is to do for it.
MEANS = {
    "N7.1": gettext_noop("有不清楚的政策、标准，直接问安全专员，他负责答复；通知也由他传达。"),
    "N7.2": gettext_noop("安全专员会打电话或视频，问有什么安全上的难处；照实说就行，不用准备材料。"),
    "N7.3": gettext_noop("您开一次安全生产专题会议，安全专员到场。请定好日子告诉他。"),
    "N7.4": gettext_noop("安全专员到厂与您谈一次，并给员工做一次警示教育。请安排班前或班后的时间。"),
    "N7.5": gettext_noop("您带人查一遍风险点的管控措施落实没有，安全专员到场帮着看；是服务，不罚款。"),
    "N7.6": gettext_noop("您向全体职工讲一次半年来的安全生产工作，安全专员到场。"),
    "N7.7": gettext_noop("您组织一次全厂的应急预案演练，安全专员到场。请定好日子告诉他。"),
    "N7.8": gettext_noop("上级临时安排的一项服务，安全专员会与您联系。"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What the supervisor owes the enterprise next, and what it means for it."""

    row: DutyRow
    means: str


@dataclass(frozen=True, slots=True)
class PrincipalHome:
    """The enterprise, what waits for it, its supervisors with their phones. Staff sees what it was given."""

    firm: Any
    sees: bool
    shows_visits: bool
    may_wish: bool
    waiting: list[Waiting]
    acts: list[tuple[str, str, str]]
    supervisors: list[Any]
    coming: list[Any]
    due: list[Due]
    cells: list[Any]
    contacts: list[Any]


def principal_home(actor: Actor, *, day: date) -> PrincipalHome | None:
    """None when the post names no enterprise that is there. Nine queries."""
    firm = next((found for key in actor.territory.enterprises if (found := enterprises.find(key, by=actor))), None)
    if firm is None:
        return None
    sees, visited = actor.given(Right.SEE), portal.staff_opens(actor, "visit_firm")
    acts = [act for act in ACTS if portal.staff_opens(actor, act[0])]
    return PrincipalHome(
        firm, sees, visited, actor.given(Right.ASK), waiting(actor, day), acts,
        list(assignments.of_enterprise(firm.id, on=day)),
        visits.upcoming_of(firm.id, today=day) if visited else [],
        _due(actor, firm.id, day) if sees else [], list(duties.strips([firm.id], day)[firm.id]) if sees else [],
        list(duties.contacts_of(firm.id, limit=3)) if sees else [],
    )  # fmt: skip


def waiting(actor: Actor, day: date) -> list[Waiting]:
    """What waits for the enterprise, as far as the actor may do it; one query."""
    rows: dict[str, QuerySet[Any]] = {
        **advice.news_for(actor),
        "rectify": problems.waiting_rows(actor),
        "settled": discipline.complaints(actor, day=day).filter(state="answered"),
    }
    mine = {name: each for name, each in rows.items() if portal.staff_opens(actor, ROWS[name][2])}
    return told(ROWS, accounts.counted(actor.person_id or 0, **mine))


def _due(actor: Actor, enterprise: int, day: date) -> list[Due]:
    rows = duties.listing(by=actor, day=day, asked={"enterprise": str(enterprise)}).filter(
        duties.in_state("soon", day) | duties.in_state("overdue", day) | duties.in_state("open", day)
    )
    return [Due(row, MEANS.get(row.rule.code, MEANS["N7.8"])) for row in duties.shown(rows[:6], day)]
