"""Rules as the tests need them: one by telephone, one on site, one with two musts, one on demand."""

from datetime import date

from anwang.domain.duties.rules import Answer, AnswerKind, Cadence, DutyRule, Form

YES_NO = AnswerKind.YES_NO


def rule(code: str, number: int, short: str, cadence: Cadence, forms: tuple[Form, ...], *answers: Answer) -> DutyRule:
    return DutyRule(
        code=code,
        number=number,
        title=short,
        short=short,
        text=short,
        clause=f"附件4 {number}",
        cadence=cadence,
        forms=forms,
        on_site=Form.CALL not in forms,
        answers=answers,
        bundle=True,
        grace_days=5,
        late_window_days=3,
        soon_days=3,
        valid_from=date(2020, 3, 5),
    )


CALL = rule(
    "N7.2",
    2,
    "半月联系",
    Cadence.HALF_MONTH,
    (Form.CALL, Form.VIDEO, Form.ON_SITE),
    Answer("contact_made", "是否联系上", YES_NO, required=True, must_be="yes"),
    Answer("needs", "急需解决的问题", AnswerKind.LONG_TEXT, required=True),
)
MEETING = rule(
    "N7.3",
    3,
    "专题会议",
    Cadence.QUARTER,
    (Form.ON_SITE, Form.MEETING),
    Answer("held_on", "会议日期", AnswerKind.DATE, required=True),
    Answer("attended", "参会人数", AnswerKind.COUNT, required=True),
    Answer(
        "chair", "主持人", AnswerKind.CHOICE, required=True, choices=(("principal", "主要负责人"), ("other", "其他人"))
    ),
)
TALK = rule(
    "N7.4",
    4,
    "谈话教育",
    Cadence.QUARTER,
    (Form.ON_SITE, Form.FILM),
    Answer("talk_held", "是否谈话", YES_NO, required=True, must_be="yes"),
    Answer("education_held", "是否开展警示教育", YES_NO, required=True, must_be="yes"),
    Answer("remark", "备注", AnswerKind.TEXT, required=False),
)
DRILL = rule("N7.7", 7, "年度演练", Cadence.YEAR, (Form.ON_SITE,))
TASK = rule("N7.8", 8, "临时任务", Cadence.ON_DEMAND, tuple(Form))
RULES = (CALL, MEETING, TALK, DRILL, TASK)
