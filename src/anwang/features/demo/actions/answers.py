"""Answers of a demonstration's records: what a rule of the policy requires, in words that fit it (附件4)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from anwang.domain.duties.counting import YES
from anwang.domain.duties.rules import Answer, AnswerKind, DutyRule

from .words import FILMS, MEETINGS, PROBLEMS, TALKS

Say = Callable[[random.Random], str]
#: Words for the questions of the notice; a policy with other questions gets the plain sentence below.
SAID: dict[str, Say] = {
    "topic": lambda dice: f"研究{dice.choice(MEETINGS)}工作",
    "minutes": lambda dice: f"通报上季度隐患整改情况，部署{dice.choice(MEETINGS)}，明确责任人和完成时限。",
    "talk_points": lambda dice: f"提醒{dice.choice(TALKS)}，要求主要负责人带班检查。",
    "education_content": lambda dice: f"观看{dice.choice(FILMS)}并讨论",
    "measures": lambda dice: f"对照风险分级管控清单检查{dice.choice(TALKS)}等管控措施。",
    "findings": lambda dice: dice.choice(
        ("无", "无", "一处灭火器压力不足，已当场更换。", "一处警示标识缺失，已责成补设。")
    ),
    "plan": lambda dice: "企业综合应急预案",
    "scenario": lambda dice: f"车间{dice.choice(('起火', '触电', '中毒窒息', '机械伤害'))}，报警、疏散、救护和恢复。",
    "review": lambda dice: "响应及时，个别岗位人员疏散路线不熟，已补充培训。",
    "question": lambda dice: f"咨询{dice.choice(TALKS)}的有关规定。",
    "reply": lambda dice: "当场答复，并发送了文件依据。",
}
PLAIN = "已按要求完成。"


def answers(rule: DutyRule, dice: random.Random, on: date) -> dict[str, str]:
    """What the rule requires, given so that it counts."""
    return {each.code: _answer(each, dice, on) for each in rule.answers if each.required or each.must_be is not None}


def faulty(rule: DutyRule, given: dict[str, str], dice: random.Random) -> dict[str, str]:
    """The same with one required answer left out, so that it does not count."""
    required = [each.code for each in rule.answers if each.required and each.must_be is None]
    left_out = dice.choice(required) if required else ""
    return {code: value for code, value in given.items() if code != left_out}


def problem(rule: DutyRule, dice: random.Random) -> dict[str, str]:
    """That the enterprise raised a problem, where the rule asks for it."""
    if {"problems", "problems_raised"} <= {each.code for each in rule.answers}:
        return {"problems_raised": YES, "problems": dice.choice(PROBLEMS)}
    return {}


def _answer(asked: Answer, dice: random.Random, on: date) -> str:
    if asked.must_be is not None:
        return asked.must_be
    match asked.kind:
        case AnswerKind.YES_NO:
            return "no" if asked.code == "problems_raised" else YES
        case AnswerKind.CHOICE:
            return asked.choices[0][0] if dice.random() < 0.7 else dice.choice(asked.choices)[0]
        case AnswerKind.DATE:
            return on.isoformat()
        case AnswerKind.COUNT:
            return str(dice.randint(8, 160))
        case _:
            return SAID.get(asked.code, lambda _: PLAIN)(dice)
