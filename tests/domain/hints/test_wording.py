"""Minutes that say the same in other dress are alike; short formulas and different sentences are not."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.hints.wording import Alike, alike, normal, runs, share

LONG = "今天到企业检查了配电室和压力容器，询问了安全管理员关于消防通道堵塞的整改情况，要求本周五之前完成整改并报告。"
RULES = {"at_least": 30, "percent": 90}


def test_width_spaces_and_signs_make_no_difference():
    assert normal("　ＡＢ，检查 了。") == "ab检查了"


def test_the_same_minute_is_found_once_for_each_fresh_record():
    notes = {1: LONG, 2: LONG.replace("，", " "), 3: LONG}
    assert alike(notes, {2, 3}, **RULES) == [Alike(2, 1, 100), Alike(3, 1, 100)]


def test_what_was_there_before_is_not_told_again():
    assert alike({1: LONG, 2: LONG}, {1}, **RULES) == []


@pytest.mark.parametrize("text", ["无", "一切正常", "企业安全生产情况良好，未发现问题。", ""])
def test_a_short_formula_says_too_little(text):
    assert alike({1: text, 2: text}, {2}, **RULES) == []


def test_a_long_row_of_the_same_sign_is_not_an_error():
    assert alike({1: "。" * 80, 2: "。" * 80}, {2}, **RULES) == []
    assert alike({1: "好" * 80, 2: "好" * 80}, {2}, **RULES) == [Alike(2, 1, 100)]


def test_another_matter_in_the_same_style_is_not_alike():
    other = "今天到企业检查了锅炉房和危险化学品仓库，询问了车间主任关于员工培训档案的情况，要求下月十日之前补齐并报告。"
    assert alike({1: LONG, 2: other}, {2}, **RULES) == []


def test_only_the_name_of_a_place_was_changed():
    assert alike({1: LONG, 2: LONG.replace("配电室", "变电室")}, {2}, at_least=30, percent=80)[0].percent >= 80


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([50, 75, 90, 100]))
def test_none_that_are_alike_is_missed(seed, percent):
    chance = Random(seed)
    notes = {}
    for key in range(12):
        base = notes.get(chance.randrange(max(1, key)), "") or "".join(
            chance.choice("安全检查整改企业") for _ in range(60)
        )
        place = chance.randrange(len(base))
        notes[key] = base[:place] + chance.choice("甲乙丙") + base[place + chance.randrange(3) :]
    expected = {
        b for a, b in combinations(notes, 2)
        if min(len(normal(notes[a])), len(normal(notes[b]))) >= 10
        and int(share(runs(notes[a]), runs(notes[b])) * 100) >= percent
    }  # fmt: skip
    assert {each.record for each in alike(notes, set(notes), at_least=10, percent=percent)} == expected
