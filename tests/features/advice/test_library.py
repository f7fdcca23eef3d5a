"""Answers used again: found by two characters, kept by the office, seen below it."""

from datetime import date
from io import BytesIO

import pytest

from anwang.adapters.xlsx.writer import columns_of, write_table
from anwang.features.advice import actions, queries
from anwang.features.advice.models import Entry
from anwang.features.advice.queries.sheet import ENTRIES, plan_entries
from tests.cast import LANSHAN
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def titles(by, words):
    return [row.title for row in queries.search(by, words)]


def test_two_characters_find_an_answer(bound, entry):
    entry()
    entry("有限空间作业的监护人", "全程在场。")
    assert titles(bound.village_cadre.actor, "监护") == ["有限空间作业的监护人"]


def test_one_character_and_a_long_phrase_find_it_too(bound, entry):
    entry()
    assert titles(bound.village_cadre.actor, "火") == ["动火作业由谁审批"]
    assert titles(bound.village_cadre.actor, "特级动火由企业分管负责人") == ["动火作业由谁审批"]


def test_every_word_must_stand_somewhere(bound, entry):
    entry()
    assert titles(bound.village_cadre.actor, "动火 30871") == ["动火作业由谁审批"]
    assert titles(bound.village_cadre.actor, "动火 监护") == []


def test_hits_in_the_title_come_first(bound, entry):
    entry("消防设施检查", "动火前也要检查。")
    entry("动火作业由谁审批")
    entry("动火的监护", "一人一证。")
    assert titles(bound.village_cadre.actor, "动火")[-1] == "消防设施检查"


def test_per_cent_and_underscore_are_plain_signs(bound, entry):
    entry()
    assert titles(bound.village_cadre.actor, "%") == []
    assert titles(bound.village_cadre.actor, "_") == []


def test_full_width_letters_find_narrow_ones(bound, entry):
    entry()
    assert titles(bound.village_cadre.actor, "ｇｂ") == ["动火作业由谁审批"]


def test_a_county_keeps_its_answers_for_itself_and_below(bound, entry):
    entry()
    assert titles(bound.stranger.actor, "动火") == []
    assert titles(bound.principal.actor, "动火") == ["动火作业由谁审批"]


def test_the_citys_answers_are_for_all(bound, entry):
    entry(by="city_office")
    assert titles(bound.stranger.actor, "动火") == ["动火作业由谁审批"]


def test_an_answer_taken_out_is_the_offices_to_see_and_comes_back(bound, entry, now):
    row, office = entry(), bound.county_leader.actor
    actions.set_entry_state(by=office, now=now, entry_id=row.id, state="withdrawn")
    assert titles(bound.village_cadre.actor, "动火") == []
    assert titles(office, "动火") == ["动火作业由谁审批"]
    actions.set_entry_state(by=office, now=now, entry_id=row.id, state="published")
    assert titles(bound.village_cadre.actor, "动火") == ["动火作业由谁审批"]


def test_a_village_keeps_no_library(bound, entry):
    with refused("not_office"):
        entry(by="village_cadre")


def test_two_answers_of_one_title_are_one_too_many(bound, entry):
    entry()
    with refused("entry_twice"):
        entry()


def test_a_question_is_offered_the_answers_that_speak_of_it(bound, entry):
    entry()
    entry("消防设施多久检查一次", "每月。")
    found = queries.suggestions(bound.village_cadre.actor, "车间动火，审批要找谁？")
    assert [row.title for row in found] == ["动火作业由谁审批"]


def test_answers_due_for_review_are_listed(bound, entry, today):
    entry(review_on=date(2026, 11, 1))
    entry("新的", "x")
    rows = queries.search(bound.county_leader.actor, "", state="review", day=today)
    assert [row.title for row in rows] == ["动火作业由谁审批"]


def sheet(*rows):
    target = BytesIO()
    write_table(target, title="常用解答", columns=columns_of(ENTRIES), rows=rows)
    return target.getvalue()


@pytest.mark.slow
def test_a_sheet_is_taken_over_once(bound, now, today):
    office = bound.county_leader.actor
    data = sheet(["动火由谁审批", "分管负责人。", "GB 30871", None], ["没有解答", None, "x", None])
    plan = plan_entries(data, by=office, unit=LANSHAN, on=today)
    assert plan.counts == {"rows": 2, "added": 1, "changed": 0, "unchanged": 0, "errors": 1}
    assert not Entry.objects.exists()
    actions.import_entries(by=office, now=now, plan=plan)
    assert Entry.objects.get().review_on == date(2027, 11, 24)
    again = plan_entries(data, by=office, unit=LANSHAN, on=today)
    assert (again.counts["unchanged"], again.counts["added"]) == (1, 0)


@pytest.mark.slow
def test_a_sheet_with_another_text_changes_the_answer(bound, now, today):
    office = bound.county_leader.actor
    for text in ("旧。", "新。"):
        plan = plan_entries(sheet(["动火由谁审批", text, "GB 30871", None]), by=office, unit=LANSHAN, on=today)
        actions.import_entries(by=office, now=now, plan=plan)
    assert (Entry.objects.get().text, Entry.objects.get().made_by) == ("新。", "示例县长")


def test_a_sheet_for_somebody_elses_unit_is_refused(bound, now, today):
    stranger = bound.stranger.actor
    plan = plan_entries(sheet(["甲", "乙", "丙", None]), by=stranger, unit=LANSHAN, on=today)
    with refused("not_found"):
        actions.import_entries(by=stranger, now=now, plan=plan)
