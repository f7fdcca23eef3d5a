"""The sheet of contacts: one row a contact, with a column for each thing that the rules in force ask (附件4)."""

from __future__ import annotations

from datetime import date

from anwang.domain.base import gettext_noop
from anwang.domain.duties.counting import answers_needed
from anwang.domain.duties.rules import FORM_LABELS, Answer, AnswerKind, DutyRule, Form
from anwang.domain.roster.spec import Field, Kind, SheetSpec
from anwang.features.policies import queries as policies

#: What people write for a form besides its own label.
FORMS = {
    Form.CALL: "打电话 电话联系 通话 电话了解",
    Form.VIDEO: "视频 视频会议 视频联系",
    Form.ON_SITE: "现场 现场检查 入企 入企督导 实地督导 到场",
    Form.MEETING: "会议 参会 列席",
    Form.FILM: "警示教育片 观看警示片 播放警示片",
    Form.CONSULTATION: "咨询 答疑 政策咨询",
    Form.REPORT: "举报 受理举报",
}
KINDS = {
    AnswerKind.YES_NO: Kind.YES_NO,
    AnswerKind.CHOICE: Kind.CHOICE,
    AnswerKind.DATE: Kind.DATE,
    AnswerKind.COUNT: Kind.COUNT,
    AnswerKind.TEXT: Kind.TEXT,
    AnswerKind.LONG_TEXT: Kind.TEXT,
}
NUMERALS = "一二三四五六七八九十"


def record_spec(day: date) -> SheetSpec:
    """The columns by the rules in force on a day."""
    rules = policies.current().duty_rules(day)
    return SheetSpec(
        name="contacts",
        title=gettext_noop("包保督导记录表"),
        fields=(*_who(), *_what(rules), *map(_asked, answers_needed(rules))),
        anchors=("enterprise", "credit_code"),
        guide=(
            gettext_noop("一行一次联系或督导；企业按统一社会信用代码认定，没有代码的按企业全称。"),
            gettext_noop("规定填序号或简称，可填多项，用顿号隔开；留空的电话、视频按半月联系登记。"),
            gettext_noop("各项规定要求填写的内容见相应列；文字类的可统一写在“内容”列。"),
            gettext_noop("同一行重复上传只登记一次；灰色示例行不会导入。"),
            gettext_noop("只写了企业和规定、其余未填的行是待办提示，不会导入。"),
        ),
    )


def _who() -> tuple[Field, ...]:
    return (
        Field("enterprise", "企业名称", synonyms=("企业", "单位名称", "被督导企业"), example="示例：某某机械有限公司"),
        Field("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, ("信用代码", "社会信用代码")),
        Field("person", "包保人", synonyms=("包保人员", "督导人", "安全专员", "登记人"), max_length=60,
              hint=gettext_noop("留空为企业的主包保人")),
        Field("phone", "包保人联系电话", Kind.PHONE, ("联系电话", "手机号码")),
    )  # fmt: skip


def _what(rules: tuple[DutyRule, ...]) -> tuple[Field, ...]:
    return (
        Field("date", "日期", Kind.DATE, ("督导日期", "联系日期", "时间", "督导时间"), True, example="2026-11-24"),
        Field("form", "形式", Kind.CHOICE, ("方式", "督导形式", "督导方式"), True, _forms(), example="电话"),
        Field("rules", "规定", Kind.CHOICES, ("八条规定", "职责", "督导事项", "规定序号"), words=_rules(rules),
              hint=gettext_noop("八条规定的序号或简称，可多项"), example="2"),
        Field("contact", "联系人", synonyms=("企业联系人", "企业参加人", "参加人员"), max_length=120, example="张某"),
        Field("note", "内容", synonyms=("情况记录", "督导内容", "联系内容", "督导情况"), max_length=2000),
        Field("place", "地点", max_length=120),
        Field("late_reason", "逾期原因", max_length=200),
        Field("record_id", "记录编号", max_length=40,
              hint=gettext_noop("由系统填写：有编号的是已登记的记录，不要改动")),
    )  # fmt: skip


def _forms() -> tuple[tuple[str, str], ...]:
    """(word, form), the label of each first."""
    labels = [(label, form.value) for form, label in FORM_LABELS.items()]
    return (*labels, *((word, form.value) for form, words in FORMS.items() for word in words.split()))


def _rules(rules: tuple[DutyRule, ...]) -> tuple[tuple[str, str], ...]:
    """半月联系, 2, 二, 第二条 and N7.2 name the same rule."""
    found = [(rule.short, rule.code) for rule in rules]
    for rule in rules:
        numeral = NUMERALS[rule.number - 1] if rule.number <= len(NUMERALS) else str(rule.number)
        words = (str(rule.number), numeral, f"第{numeral}条", f"规定{numeral}", rule.code)
        found += [(word, rule.code) for word in words]
    return tuple(found)


def _asked(answer: Answer) -> Field:
    words = tuple((label, code) for code, label in answer.choices)
    most = 2000 if answer.kind is AnswerKind.LONG_TEXT else 200
    return Field(f"answer_{answer.code}", answer.label, KINDS[answer.kind], words=words, max_length=most)
