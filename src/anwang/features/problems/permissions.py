"""Who may open which page, and whose act is what: the button and the action ask the same rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anwang.domain.base import ALLOWED, Actor, Decision, Reason, Right, Role, gettext_noop, refuse
from anwang.domain.ladder.case import may_ask, may_climb, may_list, may_verify
from anwang.domain.ladder.states import OPEN, TRANSITIONS, WAITING, State

from .models import Problem
from .queries.visible import FIELD, LINE, case_of, rule_of

READERS = FIELD | {Role.DEPARTMENT, Role.PRINCIPAL}
REPORTERS = FIELD | {Role.PRINCIPAL}
PAGES: dict[str, frozenset[Role] | str] = {
    "problem_list": READERS,
    "problem_new": REPORTERS,
    "problem_detail": READERS,
    "problem_act": READERS,
    "problem_file": READERS,
    "problem_letter": READERS,
    "problem_export": LINE,
    "problem_ageing": LINE,
}
MENU = [
    {"order": 14, "url": "problem_list", "label": gettext_noop("问题闭环"), "icon": "alert-octagon",
     "also": ("problem_detail", "problem_new", "problem_ageing")},
]  # fmt: skip
NOT_FOUND = gettext_noop("没有找到这个问题，或它不在您的范围内。")
CLAUSE = "三.4"
WORKING = tuple(state for state in OPEN if state not in (*WAITING, State.RETURNED, State.RISK))


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is to a problem. `decider`: of a request for more time; `last`: of the departments asked."""

    desk: bool = False
    decider: bool = False
    department: bool = False
    last: bool = False
    enterprise: bool = False
    tracker: bool = False
    reporter: bool = False

    @property
    def field(self) -> bool:
        """Follows it on the side of the authorities."""
        return self.desk or self.tracker

    @property
    def anyone(self) -> bool:
        return self.desk or self.department or self.enterprise or self.tracker or self.reporter


def standing(actor: Actor, row: Problem) -> Standing:
    """One query, and only while departments are asked."""
    person, asked = actor.person_id, set()
    if row.state == State.HANDED:
        asked = set(row.referrals.filter(ended_at=None).values_list("person_id", flat=True))
    return Standing(
        desk=actor.has(*LINE) and actor.unit == row.unit,
        decider=actor.has(*LINE) and actor.unit is not None and actor.unit == row.decider,
        department=person in asked, last=asked == {person},
        enterprise=actor.has(Role.PRINCIPAL) and actor.given(Right.RECTIFY)
        and row.enterprise_id in actor.territory.enterprises,
        tracker=person is not None and person == row.tracker_id,
        reporter=person is not None and person == row.reporter_id,
    )  # fmt: skip


#: Act → (states in which it is open, whose it is). What more is asked of it stands in `may`.
ACTS: dict[str, tuple[tuple[State, ...], Callable[[Standing], bool]]] = {
    # A leader need not wait for what the reporter was asked to add.
    "accept": ((*WAITING, State.RETURNED), lambda who: who.desk),
    "return": (WAITING, lambda who: who.desk),
    "resubmit": ((State.RETURNED,), lambda who: who.reporter or who.tracker),
    "withdraw": ((State.REPORTED, State.RETURNED), lambda who: who.reporter),
    "hand": ((State.ACCEPTED,), lambda who: who.desk),
    "recall": ((State.HANDED,), lambda who: who.desk),
    "answer": ((State.HANDED,), lambda who: who.department),
    "order": ((State.ACCEPTED, State.HANDED), lambda who: who.desk or who.last),
    "rectify": ((State.RECTIFYING,), lambda who: who.enterprise or who.field),
    "solve": ((State.ACCEPTED,), lambda who: who.desk),
    "verify": ((State.RECTIFIED,), lambda who: who.field),
    "unfixed": ((State.RECTIFIED, State.VERIFIED), lambda who: who.field),
    "close": ((State.VERIFIED,), lambda who: who.desk),
    "risk": ((State.ACCEPTED,), lambda who: who.desk),
    "escalate": (tuple(s for s in OPEN if State.ESCALATED in TRANSITIONS[s]), lambda who: who.desk),
    "down": ((State.ACCEPTED,), lambda who: who.desk),
    "ask": (WORKING, lambda who: (who.anyone and not who.reporter) or who.field),
    "decide": (WORKING, lambda who: who.decider),
    "supervise": (OPEN, lambda who: who.desk),
    "reopen": ((State.CLOSED, State.RISK), lambda who: who.field or who.reporter or who.enterprise),
    "note": (OPEN, lambda who: who.anyone),
}  # fmt: skip


def may(act: str, actor: Actor, row: Problem | None, who: Standing | None = None) -> Decision:
    """Whether the actor may do this to the problem now. Refusals: not_found, not_yours, problem_moved_on, and those of
    the ladder."""
    if row is None or act not in ACTS:
        return refuse("not_found", NOT_FOUND)
    who = who or standing(actor, row)
    states, whose = ACTS[act]
    if row.state not in states:
        text = gettext_noop("这个问题现在是“%(state)s”，不能这样办理，请刷新页面看最新情况。")
        return refuse("problem_moved_on", text, clause=CLAUSE, state=State(row.state).label)
    if not whose(who):
        return refuse("not_yours", gettext_noop("这一步不由您办理。"), clause=CLAUSE)
    return _more(act, actor, row, who)


def _more(act: str, actor: Actor, row: Problem, who: Standing) -> Decision:
    """What single acts need beyond state and part."""
    rule, case = rule_of(row), case_of(row)
    match act:
        case "escalate":
            return may_climb(case, rule)
        case "verify":
            return may_verify(rule, row.doer_id, actor.person_id)
        case "close" if rule.serious and row.doer_id == actor.person_id:
            return may_verify(rule, row.doer_id, actor.person_id)
        case "order" if row.state == State.HANDED and not who.last:
            return refuse("others_asked", gettext_noop("还有其他科室（单位）没有答复，请先答复。"), clause=CLAUSE)
        case "down" if row.below is None:
            return refuse("nothing_below", gettext_noop("这个问题不是下级上报的，不能退给下级。"), clause=CLAUSE)
        case "risk" if not rule.risk_days:
            return refuse("risk_never", gettext_noop("这类问题必须整改，不能接受风险。"), clause=CLAUSE)
        case "ask" if row.decider is not None:
            return refuse("extension_waiting", gettext_noop("已有一份延期申请待批准。"), clause=CLAUSE)
        case "ask":
            return may_ask(case, rule)
        case "supervise":
            return _listing(row)
    return ALLOWED


def _listing(row: Problem) -> Decision:
    if row.listed_at is not None:
        return refuse("listed_already", gettext_noop("这个问题已经挂牌督办。"), clause=CLAUSE)
    return may_list(case_of(row), rule_of(row))


#: What a person would look for on the page and is told why it is not there.
EXPLAINED = ("verify", "close", "order", "ask", "escalate")


def explained(actor: Actor, row: Problem) -> list[Reason]:
    """Why acts that are this person's are not open now, in sentences; one query at most."""
    who = standing(actor, row)
    mine = [act for act in EXPLAINED if row.state in ACTS[act][0] and ACTS[act][1](who)]
    found = {reason.code: reason for act in mine for reason in may(act, actor, row, who).reasons}
    return list(found.values())


def allowed(actor: Actor, row: Problem) -> dict[str, bool]:
    """Every act, for the buttons; one query at most."""
    who = standing(actor, row)
    return {act: bool(may(act, actor, row, who)) for act in ACTS}
