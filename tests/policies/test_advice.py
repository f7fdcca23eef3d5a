"""The days of 附件4.1 that the notice leaves open are the office's, and a wrong one is named."""

from datetime import date
from pathlib import Path

import pytest

from anwang.adapters.policy_files import load_policy, policy_from_texts, read_policy_texts
from anwang.domain.policy import PolicyError

FOLDER = Path(__file__).parents[2] / "policies" / "linyi-2020-9"


def test_the_office_has_set_every_number_of_the_section():
    policy = load_policy(FOLDER)
    rules = policy.advice(date(2026, 11, 24))
    assert (rules.clause, rules.answer_days, rules.relay_days) == ("附件4.1", 3, 5)
    names = ("answer_days", "relay_days", "review_months", "attachment_mb", "material_mb")
    assert {f"advice[1].{name}" for name in names} <= policy.office_sets


@pytest.mark.slow
def test_no_day_at_all_for_an_answer_is_a_fault_with_its_line():
    texts = read_policy_texts(FOLDER)
    texts["advice.yaml"] = texts["advice.yaml"].replace("answer_days: 3 ", "answer_days: 0 ")
    with pytest.raises(PolicyError) as caught:
        policy_from_texts(texts)
    assert [(fault.mark.file, fault.mark.line) for fault in caught.value.faults] == [("advice.yaml", 7)]
