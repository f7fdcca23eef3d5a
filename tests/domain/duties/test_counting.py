"""A contact counts when what the rule asks is given, not when a button is pressed."""

from dataclasses import replace
from datetime import date

import pytest

from anwang.domain.base import Decision
from anwang.domain.duties.counting import answers_needed, counts, decisive_answers, form_fits, missing_answers
from anwang.domain.duties.rules import DutyRule, Form
from tests.domain.duties.samples import CALL, MEETING, TALK

CALLED = {"contact_made": "yes", "needs": "无"}
MET = {"held_on": "2026-11-20", "attended": "12", "chair": "principal"}
START, TODAY = date(2026, 11, 16), date(2026, 11, 24)


def count(rule: DutyRule, answers: dict[str, str], form: Form = Form.ON_SITE, **more: object) -> Decision:
    facts = {"on_site": False, "occurred_on": TODAY, "start": START, "today": TODAY, **more}
    return counts(rule, answers, form=form, **facts)  # type: ignore[arg-type]


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def test_a_call_that_reached_the_enterprise_counts() -> None:
    assert count(CALL, CALLED, Form.CALL)


@pytest.mark.parametrize("needs", ["", "无"])
def test_a_call_that_reached_nobody_never_counts_and_asks_for_nothing_more(needs: str) -> None:
    decision = count(CALL, {"contact_made": "no", "needs": needs}, Form.CALL)
    assert [str(reason) for reason in decision.reasons] == ["“是否联系上”为“否”，只作记录，不计为完成"]


@pytest.mark.parametrize(
    ("talk", "education", "counted"),
    [("yes", "yes", True), ("yes", "no", False), ("no", "yes", False), ("yes", "", False), ("", "yes", False)],
)
def test_the_quarterly_talk_needs_both_talk_and_education(talk: str, education: str, counted: bool) -> None:
    assert bool(count(TALK, {"talk_held": talk, "education_held": education})) is counted


def test_all_that_is_missing_is_named_at_once_with_its_label() -> None:
    missing = missing_answers(MEETING, {"attended": "  "})
    assert [str(reason) for reason in missing] == ["请填写“会议日期”", "请填写“参会人数”", "请填写“主持人”"]
    assert [reason.params["answer"] for reason in missing] == ["held_on", "attended", "chair"]


@pytest.mark.parametrize(
    ("answer", "value", "code"),
    [
        ("held_on", "2026-02-30", "duty.answer.date"),
        ("held_on", "20261120", "duty.answer.date"),
        ("attended", "-1", "duty.answer.count"),
        ("attended", "１２", "duty.answer.count"),
        ("attended", "9" * 10, "duty.answer.count"),
        ("chair", "nobody", "duty.answer.choice"),
    ],
)
def test_an_answer_of_the_wrong_kind_does_not_count(answer: str, value: str, code: str) -> None:
    assert codes(count(MEETING, MET | {answer: value})) == [code]


def test_yes_or_no_is_nothing_else() -> None:
    assert [r.code for r in missing_answers(CALL, CALLED | {"contact_made": "maybe"})] == ["duty.answer.yes_no"]


def test_an_optional_answer_may_be_left_out_and_those_of_other_rules_are_not_looked_at() -> None:
    assert missing_answers(TALK, {"talk_held": "yes", "education_held": "yes", "attended": "x"}) == []


def test_what_must_be_is_required_also_when_the_rule_forgot_to_say_so() -> None:
    forgetful = replace(CALL, answers=(replace(CALL.answers[0], required=False),))
    assert [reason.code for reason in missing_answers(forgetful, {})] == ["duty.answer.missing"]
    assert decisive_answers(forgetful, {}) == []


def test_a_form_that_the_rule_does_not_know_cannot_carry_it_and_the_refusal_names_those_that_can() -> None:
    decision = form_fits(CALL, Form.FILM, on_site=True)
    assert str(decision.reasons[0]) == "“播放警示教育片”不能完成“半月联系”，可用形式：电话、视频会商、现场督导"


@pytest.mark.parametrize(
    ("form", "on_site", "fits"),
    [(Form.ON_SITE, False, True), (Form.MEETING, True, True), (Form.MEETING, False, False)],
)
def test_a_duty_on_site_needs_the_supervisor_to_have_been_there(form: Form, on_site: bool, fits: bool) -> None:
    assert bool(form_fits(MEETING, form, on_site)) is fits


def test_a_call_is_never_on_site_whatever_the_record_says() -> None:
    anyhow = replace(MEETING, forms=(Form.CALL,))
    assert codes(form_fits(anyhow, Form.CALL, on_site=True)) == ["duty.on_site"]


@pytest.mark.parametrize(
    ("occurred_on", "found"),
    [
        (date(2026, 11, 15), ["duty.occurred.before"]),
        (date(2026, 11, 16), []),
        (date(2026, 11, 24), []),
        (date(2026, 11, 25), ["duty.occurred.future"]),
    ],
)
def test_work_before_the_period_or_after_today_does_not_count(occurred_on: date, found: list[str]) -> None:
    assert codes(count(CALL, CALLED, occurred_on=occurred_on)) == found


def test_late_work_counts_with_a_reason_and_only_with_one() -> None:
    assert codes(count(CALL, CALLED, late=True, late_reason=" ")) == ["duty.late.reason"]
    assert count(CALL, CALLED, late=True, late_reason="住院")


def test_every_reason_against_a_record_is_given_at_once() -> None:
    decision = count(MEETING, {}, Form.CALL, occurred_on=date(2026, 11, 1), late=True)
    assert codes(decision) == ["duty.form", "duty.occurred.before", "duty.late.reason"] + ["duty.answer.missing"] * 3


def test_a_question_that_two_rules_share_is_asked_once_and_is_required_if_either_says_so() -> None:
    optional = replace(CALL, answers=(replace(CALL.answers[1], required=False),))
    asked = answers_needed([optional, CALL, TALK])
    assert [answer.code for answer in asked] == ["needs", "contact_made", "talk_held", "education_held", "remark"]
    assert asked[0].required


def test_why_the_principal_was_not_there_is_asked_only_of_who_says_so() -> None:
    there = replace(CALL.answers[0], code="there", must_be=None)
    why = replace(CALL.answers[1], code="absence", required=False, required_when=("there", "no"))
    asked = replace(MEETING, answers=(there, why))
    assert [reason.params["answer"] for reason in missing_answers(asked, {"there": "no"})] == ["absence"]
    assert missing_answers(asked, {"there": "yes"}) == []
    assert missing_answers(asked, {"there": "no", "absence": "出差，副厂长主持"}) == []
