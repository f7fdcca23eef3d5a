"""Which answers speak of what a question speaks of."""

from anwang.domain.advice.likeness import likeness, pairs, plain, ranked

ENTRIES = [
    (1, "动火作业由谁审批", "特级动火由分管负责人审批。"),
    (2, "有限空间作业的监护人", "监护人全程在场，不得兼做其他工作。"),
    (3, "消防设施多久检查一次", "每月至少一次。"),
]


def test_a_question_finds_the_answer_worded_otherwise():
    assert ranked("请问车间里动火，审批要找谁签字？", ENTRIES, 3) == [1]


def test_words_that_stand_in_every_question_find_nothing():
    assert ranked("请问企业安全生产有什么规定和要求？", ENTRIES, 3) == []


def test_a_pair_in_the_title_outweighs_three_in_the_text():
    asked = pairs("动火审批")
    assert likeness(asked, "动火", "") > likeness(asked, "", "动火审批")


def test_full_width_letters_are_the_same_letters():
    assert plain("ＧＢ  30871") == "gb 30871"
    assert pairs("ＧＢ30871") == {"gb30871"}


def test_one_character_is_no_pair():
    assert pairs("火") == set()
