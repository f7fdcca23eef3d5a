"""The person first, then the leader."""

from datetime import date

import pytest

from anwang.domain.hints.states import HintState, leader_sees, may_explain, may_settle

FROM = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("state", "day", "seen"),
    [(HintState.SHOWN, date(2026, 11, 30), False), (HintState.SHOWN, FROM, True),
     (HintState.EXPLAINED, date(2026, 11, 24), True), (HintState.SETTLED, date(2026, 11, 24), True)],
)  # fmt: skip
def test_the_leader_sees_what_was_explained_or_waited_its_days(state, day, seen):
    assert leader_sees(state, FROM, day) is seen


def test_what_is_settled_is_neither_explained_nor_settled_again():
    assert may_explain(HintState.SETTLED).reasons[0].code == "hint_settled"
    assert may_settle(HintState.SETTLED, FROM, FROM).reasons[0].code == "hint_settled"


def test_the_leader_waits_for_the_person():
    early = may_settle(HintState.SHOWN, FROM, date(2026, 11, 30))
    assert early.reasons[0].code == "hint_early"
    assert may_settle(HintState.SHOWN, FROM, FROM)
    assert may_settle(HintState.EXPLAINED, FROM, date(2026, 11, 24))
