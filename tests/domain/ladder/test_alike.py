"""Two reports of one problem are seen to be alike, two problems are not."""

import pytest

from anwang.domain.ladder.alike import ALIKE, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("消防通道被原料占用", "原料占用消防通道"),
        ("配电箱门缺失、线路老化", "二车间配电箱门缺失"),
        ("特种作业人员无证上岗", "特种作业人员 无证上岗！"),
        ("灯", "灯"),
    ],
)
def test_the_same_in_other_words_is_alike(one, other):
    assert likeness(one, other) >= ALIKE
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("消防通道被原料占用", "特种作业人员无证上岗"), ("应急灯不亮", "配电箱门缺失"), ("", "应急灯不亮"), ("、", "。")],
)
def test_another_problem_is_not(one, other):
    assert likeness(one, other) < ALIKE
