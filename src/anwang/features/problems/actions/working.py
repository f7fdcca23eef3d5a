"""What the leader of the level, the departments and the enterprise do with a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from anwang.adapters.handed_in import Given
from anwang.domain.base import Actor, Refusal, Right, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.ladder.case import may_accept_risk, may_give, moved, solve_due
from anwang.domain.ladder.states import State
from anwang.features.grid import queries as grid

from ..models import Problem, Referral
from ..queries.one import departments
from ..queries.visible import case_of, rule_of
from .files import check, keep
from .notifying import inform, inform_next
from .turning import CHANGED, Said, seen, turn, written

SAY = gettext_noop("请写明办理情况。")
WHY = gettext_noop("请写明原因。")


@transaction.atomic
def accept(*, by: Actor, now: datetime, problem_id: int, version: int | None = None) -> Problem:
    """受理. Refusals: not_found, not_yours, problem_moved_on, problem_changed."""
    row = seen(problem_id, "accept", by, version)
    return turn(row, moved(case_of(row), State.ACCEPTED), Said("accept"), by=by, now=now)


@transaction.atomic
def give_back(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """退回补充 with the reason; the reporter has as long as a leader may be silent.

    Refusals as `accept`, text_missing."""
    row = seen(problem_id, "return", by, version)
    said = Said("return", written(text, WHY))
    row = turn(row, moved(case_of(row), State.RETURNED, returned=local_day(now)), said, by=by, now=now)
    inform(row, "problem_back", {row.actor_person_id}, by=by, now=now, text=said.text)
    return row


@transaction.atomic
def resubmit(
    *, by: Actor, now: datetime, problem_id: int, text: str, files: Sequence[Given] = (), version: int | None = None
) -> Problem:
    """补充后再报; the limits of the level run on from the first arrival. Refusals as `accept`, text_missing, files."""
    row = seen(problem_id, "resubmit", by, version)
    said, checked = Said("resubmit", written(text, gettext_noop("请写明补充的情况。"))), check(files)
    row = turn(row, moved(case_of(row), State.REPORTED), said, by=by, now=now)
    keep(by=by, now=now, row=row, stage="resubmit", files=checked)
    inform_next(row, by=by, now=now, kind="problem_new", text=said.text)
    return row


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """撤回 what was reported by mistake, before it is accepted; it stays on record. Refusals as `accept`."""
    row = seen(problem_id, "withdraw", by, version)
    said = Said("withdraw", written(text, WHY))
    return turn(row, moved(case_of(row), State.WITHDRAWN), said, by=by, now=now, closed_at=now)


@transaction.atomic
def hand(
    *, by: Actor, now: datetime, problem_id: int, posts: Sequence[int], due: date | None = None, note: str = "",
    version: int | None = None,
) -> Problem:  # fmt: skip
    """转科室单位: one or several, by post, until a day inside the level's own. Refusals: as `accept`, no_department,
    day_past, day_beyond."""
    row = seen(problem_id, "hand", by, version)
    case, day = case_of(row), local_day(now)
    found = list(departments(row.unit, on=day).filter(id__in=list(posts)[:20]))
    if not found:
        raise Refusal("no_department", gettext_noop("请选择本级的科室（单位）人员。"))
    given = due or max(solve_due(case, rule_of(row)), day)
    if due:
        insist(may_give(case, rule_of(row), due, day))
    said = Said("hand", "、".join(f"{post.organisation}{post.person.name}" for post in found) + f" {note.strip()}")
    asked = [
        Referral(problem=row, post=post, person_id=post.person_id, due=given, note=note.strip()[:500],
                 by=by.name[:60], at=now)
        for post in {post.person_id: post for post in found}.values()
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Referral.objects.bulk_create(asked)
    except IntegrityError:
        # Another hand-over of the same problem came first.
        raise Refusal("problem_changed", CHANGED) from None
    row = turn(row, moved(case, State.HANDED, given=given), said, by=by, now=now)
    inform(row, "problem_turn", {post.person_id for post in found}, by=by, now=now, text=note.strip())
    return row


@transaction.atomic
def answer(
    *, by: Actor, now: datetime, problem_id: int, text: str, files: Sequence[Given] = (), version: int | None = None
) -> Problem:
    """A department answers; when all have, the leader decides again. Refusals as `accept`, text_missing, files."""
    row = seen(problem_id, "answer", by, version)
    said, checked = Said("answer", written(text, SAY)), check(files)
    _end_referral(row, by, now, said.text)
    left = row.referrals.filter(ended_at=None).exists()
    case = case_of(row)
    row = turn(row, case if left else moved(case, State.ACCEPTED), said, by=by, now=now)
    keep(by=by, now=now, row=row, stage="answer", files=checked)
    if not left:
        inform_next(row, by=by, now=now, text=said.text)
    return row


@transaction.atomic
def recall(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """收回自办: the leader takes back what departments were asked and have not answered. Refusals as `accept`,
    text_missing."""
    row = seen(problem_id, "recall", by, version)
    said = Said("recall", written(text, WHY))
    asked = {each.person_id for each in row.referrals.filter(ended_at=None)}
    row.referrals.filter(ended_at=None).update(ended_at=now)
    row = turn(row, moved(case_of(row), State.ACCEPTED), said, by=by, now=now)
    inform(row, "problem_turn", asked, by=by, now=now, text=said.text)
    return row


def _end_referral(row: Problem, by: Actor, now: datetime, text: str) -> None:
    row.referrals.filter(ended_at=None, person_id=by.person_id or 0).update(ended_at=now, answer=text[:1000])


@transaction.atomic
def order(
    *, by: Actor, now: datetime, problem_id: int, given: date | None = None, text: str = "", version: int | None = None
) -> Problem:
    """责令整改: what the enterprise has to do and until when. Refusals: as `accept`, text_missing, day_past,
    day_beyond, others_asked."""
    row = seen(problem_id, "order", by, version)
    case, rule, day = case_of(row), rule_of(row), local_day(now)
    said = Said("order", written(text or row.measures, gettext_noop("请写明整改要求。")))
    last = given or max(solve_due(case, rule), day)
    if given:
        insist(may_give(case, rule, given, day))
    _end_referral(row, by, now, said.text)
    row = turn(row, moved(case, State.RECTIFYING, given=last), said, by=by, now=now, measures=said.text)
    inform(row, "problem_turn", _principals(row, day) | {row.tracker_id}, by=by, now=now, text=said.text)
    return row


def _principals(row: Problem, day: date) -> set[int | None]:
    """The enterprise's own people who have to do with rectifying."""
    return set(grid.firm_people([row.enterprise_id], Right.RECTIFY, on=day).get(row.enterprise_id, ()))


@transaction.atomic
def rectify(
    *, by: Actor, now: datetime, problem_id: int, text: str, files: Sequence[Given] = (), version: int | None = None
) -> Problem:
    """整改完成: what the enterprise did, by itself or recorded for it; photos are welcome, never asked for. Refusals
    as `accept`, text_missing, files."""
    return _done(by, now, problem_id, "rectify", text, files, version)


@transaction.atomic
def solve(
    *, by: Actor, now: datetime, problem_id: int, text: str, files: Sequence[Given] = (), version: int | None = None
) -> Problem:
    """协调解决: what the authorities did where nothing is to be rectified. Refusals as `rectify`."""
    return _done(by, now, problem_id, "solve", text, files, version)


def _done(
    by: Actor, now: datetime, problem_id: int, act: str, text: str, files: Sequence[Given], version: int | None
) -> Problem:
    row = seen(problem_id, act, by, version)
    said, checked = Said(act, written(text, gettext_noop("请写明做了什么。"))), check(files)
    case = moved(case_of(row), State.RECTIFIED)
    row = turn(row, case, said, by=by, now=now, result=said.text, doer_id=by.person_id)
    keep(by=by, now=now, row=row, stage=act, files=checked)
    inform_next(row, by=by, now=now, text=said.text)
    return row


@transaction.atomic
def verify(
    *, by: Actor, now: datetime, problem_id: int, text: str = "", files: Sequence[Given] = (),
    version: int | None = None,
) -> Problem:  # fmt: skip
    """核实通过. Of a serious one by another than the doer, who says what was seen: words, for a photo is never asked.
    Refusals as `accept`, verify_own, text_missing, files."""
    row = seen(problem_id, "verify", by, version)
    text = written(text, gettext_noop("请写明看到了什么。")) if rule_of(row).serious else text.strip()
    checked = check(files)
    row = turn(row, moved(case_of(row), State.VERIFIED), Said("verify", text), by=by, now=now)
    keep(by=by, now=now, row=row, stage="verify", files=checked)
    inform_next(row, by=by, now=now, text=text)
    return row


@transaction.atomic
def unfixed(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """核实未通过: back to the enterprise, or to the leader where nothing had been ordered. The day given before does
    not come back: the level's own holds. Refusals as `accept`, text_missing."""
    row = seen(problem_id, "unfixed", by, version)
    ordered = row.events.filter(kind__in=("order", "solve")).order_by("-id").values_list("kind", flat=True).first()
    to = State.RECTIFYING if ordered == "order" else State.ACCEPTED
    said = Said("unfixed", written(text, WHY))
    row = turn(row, moved(case_of(row), to), said, by=by, now=now)
    people = _principals(row, local_day(now)) if to is State.RECTIFYING else set()
    inform(row, "problem_back", people | {row.tracker_id}, by=by, now=now, text=said.text)
    return row


@transaction.atomic
def close(*, by: Actor, now: datetime, problem_id: int, text: str = "", version: int | None = None) -> Problem:
    """销号. Refusals as `accept`, verify_own."""
    row = seen(problem_id, "close", by, version)
    _drop_request(row, now)
    row = turn(row, moved(case_of(row), State.CLOSED), Said("close", text.strip()), by=by, now=now, closed_at=now,
               decider=None)  # fmt: skip
    inform(row, "problem_over", {row.tracker_id, row.reporter_id}, by=by, now=now, text=text.strip())
    return row


@transaction.atomic
def accept_risk(
    *, by: Actor, now: datetime, problem_id: int, until: date, text: str, version: int | None = None
) -> Problem:
    """限期接受风险 with measures, until a date; it reopens by itself. Refusals as `accept`, risk_never, risk_days,
    text_missing."""
    row = seen(problem_id, "risk", by, version)
    case = case_of(row)
    insist(may_accept_risk(case, rule_of(row), until, local_day(now)))
    said = Said("risk", written(text, gettext_noop("请写明接受的理由和管控措施。")))
    _drop_request(row, now)
    return turn(row, moved(case, State.RISK, until=until), said, by=by, now=now, decider=None)


@transaction.atomic
def note(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """办理情况: a word to the trace; nothing else changes. Refusals as `accept`, text_missing."""
    row = seen(problem_id, "note", by, version)
    return turn(row, case_of(row), Said("note", written(text, SAY)), by=by, now=now)


def _drop_request(row: Problem, now: datetime) -> None:
    """A request for more time ends with the level's work."""
    row.requests.filter(state="waiting").update(state="dropped", decided_at=now)
