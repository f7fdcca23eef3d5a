"""What enterprises asked in the last weeks, the answers that are used again, and the notices that were relayed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from anwang.adapters.pdf import render_pdf
from anwang.domain.advice.question import Asked
from anwang.domain.base import Actor, Refusal
from anwang.domain.calendar import local_day
from anwang.domain.documents.tree import Document, Para, Title
from anwang.features.accounts import queries as accounts
from anwang.features.advice import actions, queries
from anwang.features.advice.actions import Asking, EntryData, MaterialData, NoticeData
from anwang.features.advice.queries.questions import targets
from anwang.features.advice.queries.relays import leading
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid

from .advice_words import ANSWERS, CASE, NOTICES, QUESTIONS
from .chance import chance
from .stage import ZONE, Stage

ASKED = 30
RELAYERS = 80


def advise(stage: Stage) -> dict[str, Any]:
    """Answers of the city's office, questions of a few weeks, notices. Returns how many of each."""
    office = _office(stage)
    for title, text, source in ANSWERS:
        review = local_day(stage.until) + timedelta(days=300)
        actions.keep_entry(
            by=office, now=_at(stage, 40, 9), data=EntryData(title, text, source, review)
        )  # fmt: skip
    _film(stage, office)
    asked = sum(_ask(stage, number, bound) for number, bound in enumerate(_bound(stage)))
    return {"answers": len(ANSWERS), "questions": asked, "notices": _notices(stage, office)}


def _film(stage: Stage, office: Actor) -> None:
    """A paper for warning education; films are the office's own to bring in."""
    title, *paragraphs = CASE
    page = Document("material", title, (Title(title), *(Para(text) for text in paragraphs)))
    data = MaterialData(title, "示例资料", industries=("metallurgy", "machinery", "light"))
    file = BytesIO(render_pdf(page, made_at=_at(stage, 30, 9)))
    actions.keep_material(by=office, now=_at(stage, 30, 10), data=data, file=file)


def _at(stage: Stage, days: int, hour: int) -> datetime:
    """So many days before the demonstration's now."""
    return datetime.combine(local_day(stage.until) - timedelta(days=days), time(hour), tzinfo=ZONE)


def _office(stage: Stage) -> Actor:
    """The operator in the city's office."""
    root = grid.root_unit(on=local_day(stage.until))
    return replace(stage.by, unit=root.code if root else stage.unit)


def _bound(stage: Stage) -> list[Any]:
    """Enterprises whose supervisors may be entered first, then some others, each with its lead."""
    day = local_day(stage.until)
    entered = [user.person_id for user in accounts.sign_ins()]
    leads = list(assignments.leads_on(day).filter(enterprise__status="operating").select_related("post__person"))
    leads.sort(key=lambda row: (row.person_id not in entered, row.id))
    return leads[:ASKED]


def _actor(bound: Any) -> Actor:
    return grid.actor_of(bound.post, user_id=None, leads=False)


def _ask(stage: Stage, number: int, bound: Any) -> int:
    """One question: most are answered and told, a few wait, were passed on, are late or came back."""
    dice = chance(stage.seed, "ask", number)
    question, reply = QUESTIONS[number % len(QUESTIONS)]
    ago = (1, 2, 9, 16, 5, 12)[number % 6]
    by, now = _actor(bound), _at(stage, ago, dice.randint(8, 16))
    channel = dice.choice((Asked.PHONE, Asked.IN_PERSON, Asked.MESSAGE))
    key = UUID(int=dice.getrandbits(128), version=4)
    data = Asking(key, bound.enterprise_id, question, bound.person_id, channel, "企业安全员")
    try:
        row = actions.ask(by=by, now=now, data=data)
        _follow(stage, dice, number, by, row.id, now, reply)
    except Refusal:  # an enterprise that has moved out of the post's unit meanwhile
        return 0
    return 1


def _follow(
    stage: Stage, dice: random.Random, number: int, by: Actor, key: int, now: datetime, reply: str
) -> None:  # fmt: skip
    then = now + timedelta(hours=dice.randint(1, 7))
    match number % 6:
        case 0:
            return
        case 2:
            row = queries.question(key, by=by)
            offered = _offices(row, stage) if row else []
            if offered:
                actions.pass_on(by=by, now=then, question_id=key, to=offered[0], reason="涉及许可审批，请办公室答复")
            return
    told = "phone" if number % 6 > 3 else ""
    actions.answer(by=by, now=then, question_id=key, text=reply, told=told)
    if number % 12 == 5:
        reason = "还想知道本行业有没有另外的规定"
        actions.reopen(by=by, now=then + timedelta(hours=3), question_id=key, reason=reason)


def _offices(row: Any, stage: Stage) -> list[str]:
    """The offices to which a question may be passed."""
    return [each.value for each in targets(row, on=local_day(stage.until)) if each.value.startswith("u")]


def _notices(stage: Stage, office: Actor) -> int:
    """One relayed to nearly all, one just issued, one still a draft."""
    issued = 0
    for number, (title, text, choice) in enumerate(NOTICES):
        now = _at(stage, (12, 2, 0)[number], 9)
        said = NoticeData(title, text, industries=choice)
        row = actions.keep_notice(by=office, now=min(now, stage.until), data=said)
        if number < 2:
            try:
                actions.issue_notice(by=office, now=now, notice_id=row.id)
            except Refusal:  # a small demonstration may have no enterprise of these industries
                continue
            issued += 1
            _relay(stage, row.id, share=0.9 if number == 0 else 0.35)
    return issued


def _relay(stage: Stage, key: int, share: float) -> None:
    """Some supervisors mark their enterprises."""
    day = local_day(stage.until)
    dice = chance(stage.seed, "relay", key)
    row = queries.notice(key, by=stage.by)
    if row is None:
        return
    people = leading(row, by=stage.by, on=day)
    for person in [each for each in people if dice.random() < share][:RELAYERS]:
        by = replace(stage.by, person_id=person)
        how = dice.choice(("phone", "in_person", "message"))
        actions.relay(by=by, now=_at(stage, 1, dice.randint(9, 17)), notice_id=key, how=how)
