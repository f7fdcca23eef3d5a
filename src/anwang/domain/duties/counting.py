"""When a contact counts for a duty: when what the rule asks is given, not when a button is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from anwang.domain.base import ALLOWED, Decision, Reason, gettext_noop, refuse
from anwang.domain.duties.rules import Answer, AnswerKind, DutyRule, Form

YES = "yes"
NO = "no"
YES_NO_LABELS = {YES: gettext_noop("是"), NO: gettext_noop("否")}
REMOTE_FORMS = frozenset({Form.CALL, Form.VIDEO})
#: What stands for a visit while a health measure holds (四.4 疫情防控): a call, a video, a meeting attended on line.
STAND_INS = REMOTE_FORMS | {Form.MEETING}


def missing_answers(rule: DutyRule, answers: Mapping[str, str]) -> list[Reason]:
    """What the rule requires and the record lacks, and what is not of its kind, one reason for each answer.

    Values are strings: `yes`/`no`, a choice's code, an ISO date, a whole number from 0, text. Blank is absent. Answers
    of other rules are not looked at, so one record may carry those of several.
    """
    found = []
    for answer in rule.answers:
        value = answers.get(answer.code, "").strip()
        if not value and is_required(answer, answers):
            found.append(_about(answer, "duty.answer.missing", gettext_noop("请填写“%(label)s”")))
        elif value and not _is_of_kind(answer, value):
            found.append(_about(answer, f"duty.answer.{answer.kind.value}", WRONG_KIND[answer.kind]))
    return found


def is_required(answer: Answer, answers: Mapping[str, str]) -> bool:
    """Whether the answer has to be given beside what the others say."""
    if answer.required or answer.must_be is not None:
        return True
    if answer.required_when is None:
        return False
    other, value = answer.required_when
    return answers.get(other, "").strip() == value


def decisive_answers(rule: DutyRule, answers: Mapping[str, str]) -> list[Reason]:
    """The answers given with which the duty cannot count: nobody reached, only one of talk and education held."""
    found = []
    for answer in rule.answers:
        value = answers.get(answer.code, "").strip()
        if value and answer.must_be is not None and value != answer.must_be:
            text = gettext_noop("“%(label)s”为“%(value)s”，只作记录，不计为完成")
            found.append(_about(answer, "duty.answer.must_be", text, value=_shown(answer, value)))
    return found


def form_fits(rule: DutyRule, form: Form, on_site: bool, remote: bool = False) -> Decision:
    """Whether a form of contact can carry the duty. A call or video is never on site, a visit always is.

    `remote`: a health measure turns on-site duties of this enterprise on this day into remote ones (四.4).
    """
    if remote and stands_in(rule, form, on_site):
        return ALLOWED
    if form not in rule.forms:
        allowed = "、".join(each.label for each in rule.forms)
        text = gettext_noop("“%(form)s”不能完成“%(rule)s”，可用形式：%(allowed)s")
        return refuse("duty.form", text, clause=rule.clause, form=form.label, rule=rule.short, allowed=allowed)
    if rule.on_site and not took_place_on_site(form, on_site):
        text = gettext_noop("“%(rule)s”应在现场完成")
        return refuse("duty.on_site", text, clause=rule.clause, rule=rule.short)
    return ALLOWED


def stands_in(rule: DutyRule, form: Form, on_site: bool) -> bool:
    """Whether the contact meets an on-site duty only because a health measure lets it (四.4)."""
    return rule.on_site and form in STAND_INS and not took_place_on_site(form, on_site)


def took_place_on_site(form: Form, on_site: bool) -> bool:
    """On site as the form itself says, else as the record says."""
    return form is Form.ON_SITE or (on_site and form not in REMOTE_FORMS)


def counts(
    rule: DutyRule,
    answers: Mapping[str, str],
    *,
    form: Form,
    on_site: bool,
    occurred_on: date,
    start: date,
    today: date,
    late: bool = False,
    late_reason: str = "",
    remote: bool = False,
) -> Decision:
    """Whether a contact counts for an obligation; every reason against it is given at once (附件4).

    `start` is the obligation's first day and `today` the local day of arrival; `late` comes from `timing.timeliness`.
    Late work counts (逾期完成) when a reason is written. An attempt that reached nobody is kept and never counts.
    `remote`: see `form_fits`.
    """
    reasons = list(form_fits(rule, form, on_site, remote).reasons)
    reasons += _when(rule, occurred_on, start, today)
    if late and not late_reason.strip():
        text = gettext_noop("“%(rule)s”已逾期，请写明原因")
        reasons.append(Reason("duty.late.reason", text, {"rule": rule.short}, rule.clause))
    decisive = decisive_answers(rule, answers)
    reasons += decisive or missing_answers(rule, answers)
    return Decision(not reasons, tuple(reasons))


def answers_needed(rules: Iterable[DutyRule]) -> tuple[Answer, ...]:
    """The questions of several rules on one record; a code that they share is asked once, required if one says so."""
    asked: dict[str, Answer] = {}
    for rule in rules:
        for answer in rule.answers:
            if answer.code not in asked or (answer.required and not asked[answer.code].required):
                asked[answer.code] = answer
    return tuple(asked.values())


def _when(rule: DutyRule, occurred_on: date, start: date, today: date) -> list[Reason]:
    if occurred_on > today:
        text = gettext_noop("发生日期 %(occurred)s 还没有到")
        return [Reason("duty.occurred.future", text, {"occurred": occurred_on})]
    if occurred_on < start:
        text = gettext_noop("“%(rule)s”从 %(start)s 起算，%(occurred)s 的记录不能计入")
        params = {"rule": rule.short, "start": start, "occurred": occurred_on}
        return [Reason("duty.occurred.before", text, params, rule.clause)]
    return []


WRONG_KIND = {
    AnswerKind.TEXT: gettext_noop("“%(label)s”应为文字"),
    AnswerKind.LONG_TEXT: gettext_noop("“%(label)s”应为文字"),
    AnswerKind.YES_NO: gettext_noop("“%(label)s”应选是或否"),
    AnswerKind.CHOICE: gettext_noop("“%(label)s”应在所列选项中选择"),
    AnswerKind.DATE: gettext_noop("“%(label)s”应为日期，如 2026-11-24"),
    AnswerKind.COUNT: gettext_noop("“%(label)s”应为不小于 0 的整数"),
}


def _is_of_kind(answer: Answer, value: str) -> bool:
    match answer.kind:
        case AnswerKind.YES_NO:
            return value in YES_NO_LABELS
        case AnswerKind.CHOICE:
            return value in dict(answer.choices)
        case AnswerKind.DATE:
            return _is_date(value)
        case AnswerKind.COUNT:
            return value.isascii() and value.isdigit() and len(value) <= 9
        case AnswerKind.TEXT | AnswerKind.LONG_TEXT:
            return True


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _shown(answer: Answer, value: str) -> str:
    return dict(answer.choices).get(value) or YES_NO_LABELS.get(value, value)


def _about(answer: Answer, code: str, text: str, **params: str) -> Reason:
    return Reason(code, text, {"answer": answer.code, "label": answer.label, **params}, answer.clause)
