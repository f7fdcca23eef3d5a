"""Every number that an office may set has words, is explained, and is told apart from what the notice sets."""

from datetime import date
from pathlib import Path

import pytest

from anwang.adapters.policy_files import load_policy, policy_changes, policy_from_texts, read_policy_texts
from anwang.domain.policy import PolicyError
from anwang.domain.policy.compare import Change
from anwang.domain.policy.values import LABELS, TITLES, sections

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "policies" / "linyi-2020-9"
DAY = date(2026, 11, 24)
FOUND = {value.key: value for section in sections(load_policy(FOLDER), DAY) for value in section.values}


def test_every_value_of_a_section_has_words_and_no_words_are_left_over():
    assert {section.name for section in sections(load_policy(FOLDER), DAY)} == set(TITLES)
    assert set(FOUND) == set(LABELS)
    assert all(value.label and value.items for value in FOUND.values())


def test_every_key_is_explained_in_the_reference():
    told = (ROOT / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
    keys = {key.rpartition(".")[2] for key in LABELS} | {"grace_days", "late_window_days", "soon_days"}
    assert {key for key in keys if f"`{key}`" not in told} == set()


@pytest.mark.parametrize("section", ["visits", "reports", "boards", "hints", "advice", "reminders", "safety"])
def test_the_notice_sets_none_of_these_and_the_policy_says_so(section):
    assert all(value.office for key, value in FOUND.items() if key.startswith(f"{section}."))


@pytest.mark.slow
def test_a_value_that_is_not_named_is_the_notices():
    texts = read_policy_texts(FOLDER)
    texts["reports.yaml"] = texts["reports.yaml"].replace("[accept_days, answer_days, ", "[answer_days, ")
    found = {value.key: value for section in sections(policy_from_texts(texts), DAY) for value in section.values}
    assert not found["reports.accept_days"].office
    assert found["reports.answer_days"].office


def test_days_times_lists_and_switches_are_told_in_words():
    shown = {key: "、".join(" ".join(words) for words in value.items) for key, value in FOUND.items()}
    assert shown["reports.follow_up_days"] == "30、90、180"
    assert shown["visits.quiet_weekdays"] == "周六、周日"
    assert shown["visits.quiet"].startswith("元旦、")
    assert shown["reminders.digest_at"] == "08:00"
    assert shown["reminders.quiet.rest_days"] == "是"
    assert shown["reminders.quiet.exempt_at_night"] == "无"
    assert shown["reminders.lead_days"].startswith("每半月 3、")


@pytest.mark.slow
def test_a_version_from_before_a_section_is_refused_by_name_and_can_still_be_compared():
    older = read_policy_texts(FOLDER)
    older.pop("reports.yaml")
    older["visits.yaml"] = "".join(
        line for line in older["visits.yaml"].splitlines(keepends=True) if "look_back_days" not in line
    )
    with pytest.raises(PolicyError) as caught:
        policy_from_texts(older)
    assert [(fault.expected.code, fault.where) for fault in caught.value.faults] == [
        ("policy.missing", "reports"), ("policy.missing", "visits[1].look_back_days"),
    ]  # fmt: skip
    found = policy_changes(older, read_policy_texts(FOLDER))
    assert Change("visits[1].look_back_days", None, "92") in found
    assert Change("reports[1].follow_up_days", None, "30、90、180") in found


@pytest.mark.slow
def test_a_later_version_of_a_rule_is_told_by_its_start():
    texts = read_policy_texts(FOLDER)
    text = texts["visits.yaml"]
    body = text[text.index("  - clause") :]
    old = body.replace("valid_from: 2020-03-05", "valid_from: 2020-03-05\n    valid_to: 2027-01-01", 1)
    new = body.replace("valid_from: 2020-03-05", "valid_from: 2027-01-01", 1).replace(
        "stops_per_day: 4", "stops_per_day: 3"
    )
    changed = {**texts, "visits.yaml": "visits:\n" + old + new}
    found = {each.where: (each.old, each.new) for each in policy_changes(texts, changed)}
    assert found["visits[1].valid_to"] == (None, "2027-01-01")
    assert found["visits[2].stops_per_day"] == (None, "3")
    policy = policy_from_texts(changed)
    assert (policy.visits(date(2026, 12, 31)).stops_per_day, policy.visits(date(2027, 1, 1)).stops_per_day) == (4, 3)
