"""The red lines find what crosses them, each with its code and its place; what is in order says nothing."""

from dataclasses import replace
from datetime import date

import pytest

from anwang.domain.burden.redlines import Column, Question, column_faults, log_faults, question_faults
from anwang.domain.burden.register import Entry, Register

TODAY = date(2026, 11, 24)
CLAUSES = {"三.3", "四.4"}
GOOD = Entry("三.3", "履职记录", "5 年", date(2027, 11, 30))


def columns(*names, **entries):
    register = Register(columns={f"duties.Contact.{name}": entries.get(name, GOOD) for name in names})
    return codes(column_faults([Column("duties.Contact", name) for name in names], register, CLAUSES, TODAY))


def codes(faults):
    return [(fault.code, fault.place) for fault in faults]


def test_a_column_with_clause_use_and_review_day_is_in_order():
    assert columns("note", "occurred_on", "form") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clause": ""}, "redline.clause"),
        ({"clause": "九.9"}, "redline.clause"),
        ({"use": " "}, "redline.use"),
        ({"review": None}, "redline.review"),
        ({"keep": ""}, "redline.review"),
        ({"review": date(2026, 11, 23)}, "redline.review_past"),
        ({"review": TODAY}, ""),
    ],
)
def test_a_column_lacking_one_of_them_is_a_fault(change, code):
    found = columns("note", note=replace(GOOD, **change))
    assert found == ([(code, "duties.Contact.note")] if code else [])


def test_a_law_may_stand_instead_of_a_clause():
    register = Register(columns={"a.B.c": replace(GOOD, clause="网安")}, laws={"网安": "网络安全法"})
    assert column_faults([Column("a.B", "c")], register, CLAUSES, TODAY) == []


def test_a_column_that_nobody_registered_and_an_entry_without_a_column_are_faults():
    register = Register(columns={"a.B.gone": GOOD})
    found = column_faults([Column("a.B", "new")], register, CLAUSES, TODAY)
    assert codes(found) == [("redline.column_unregistered", "a.B.new"), ("redline.column_gone", "a.B.gone")]


def test_columns_of_a_class_need_no_entry_of_their_own():
    register = Register(technical={"id": GOOD})
    assert column_faults([Column("a.B", "id")], register, CLAUSES, TODAY) == []


@pytest.mark.parametrize(
    "name",
    [
        "last_login", "last_seen_at", "login_count", "visit_count", "viewed_at", "view_count", "online_seconds",
        "points", "user_points", "check_in", "checkin_at", "checked_in", "track", "track_points", "device_id", "imei",
        "read_at", "seen_by", "score", "ranking", "streak", "latitude", "geo_point", "install_id", "push_token",
        "watched_seconds", "played_at",
    ],
)  # fmt: skip
def test_a_name_that_measures_or_follows_people_is_a_fault_unless_its_reason_is_written(name):
    assert ("redline.tracking", f"duties.Contact.{name}") in columns(name)
    assert columns(name, **{name: replace(GOOD, allow="选填，本人点按时才读")}) == []


@pytest.mark.parametrize(
    "name", ["occurred_on", "received_at", "place", "reached", "seq", "lead", "opened_at", "reviewed_at", "readiness"]
)
def test_names_that_only_look_alike_are_in_order(name):
    assert columns(name) == []


def ask(*questions, entries=None):
    kept = {question.place: GOOD for question in questions} | (entries or {})
    register = Register(forms=kept)
    return codes(question_faults(questions, register, CLAUSES, TODAY))


@pytest.mark.parametrize(
    ("question", "crossed"),
    [
        (Question("x.F.photo", "photo", "照片", True, file=True), True),
        (Question("x.F.photo", "photo", "照片", False, file=True), False),
        (Question("x.F.latitude", "latitude", "位置", True), True),
        (Question("x.F.file", "file", "附件", True, file=True), True),
        (Question("x.F.note", "note", "情况", True), False),
    ],
)
def test_a_photo_a_place_or_a_file_is_never_forced(question, crossed):
    assert (("redline.forced", question.place) in ask(question)) is crossed


def test_a_roster_to_be_read_in_is_the_file_itself_and_says_so():
    question = Question("x.F.file", "file", "名册", True, file=True)
    assert ask(question, entries={"x.F.file": replace(GOOD, allow="导入的就是这个文件")}) == []


def test_the_same_fact_is_asked_once():
    first, second = Question("x.F.topic", "topic", "议题", True), Question("y.G.subject", "subject", "会议内容", True)
    same = replace(GOOD, fact="meeting.topic")
    assert ask(first, second) == []
    assert ask(first, second, entries={"x.F.topic": same, "y.G.subject": same}) == [("redline.twice", "y.G.subject")]
    either = replace(same, allow="没有走流程的才填")
    assert ask(first, second, entries={"x.F.topic": same, "y.G.subject": either}) == []
    optional = replace(second, required=False)
    assert ask(first, optional, entries={"x.F.topic": same, "y.G.subject": same}) == []


def test_the_same_words_twice_on_one_page_are_a_fault():
    first = Question("x.F.topic", "topic", "议题", True, page="x.F")
    second = Question("x.F.subject", "subject", "议题", True, page="x.F")
    assert ask(first, second) == [("redline.twice", "x.F.topic")]
    assert ask(first, replace(second, page="y.G")) == []


def test_an_answer_of_a_duty_is_registered_by_its_code():
    question = Question("answer.topic", "topic", "议题", True)
    assert codes(question_faults([question], Register(answers={"topic": GOOD}), CLAUSES, TODAY)) == []
    assert codes(question_faults([question], Register(), CLAUSES, TODAY)) == [
        ("redline.field_unregistered", "answer.topic")
    ]


def test_the_trail_does_not_say_who_looked_at_what():
    register = Register(logs={"contact.": GOOD, "paper.fetch": replace(GOOD, allow="含号码的表格外带")})
    kinds = ["contact.record", "paper.fetch", "contact.view", "page.read"]
    assert codes(log_faults(kinds, register, CLAUSES, TODAY)) == [
        ("redline.watching", "log:contact.view"),
        ("redline.log_unregistered", "log:page.read"),
        ("redline.watching", "log:page.read"),
    ]


def test_an_entry_for_events_that_no_longer_happen_is_a_fault():
    register = Register(logs={"contact.": GOOD, "old.": GOOD})
    assert codes(log_faults(["contact.record"], register, CLAUSES, TODAY)) == [("redline.log_gone", "old.")]
