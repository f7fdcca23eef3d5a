"""The thresholds of hints are the office's, all of them, and within what the search can keep."""

from dataclasses import fields
from datetime import date

import pytest

from anwang.adapters.policy_files import policy_from_texts, read_policy_texts
from anwang.domain.policy.faults import PolicyError

from .test_files import FOLDER

DAY = date(2026, 11, 24)


def test_the_notice_sets_none_of_them():
    policy = policy_from_texts(read_policy_texts(FOLDER))
    ours = {field.name for field in fields(policy.hints(DAY))} - {"clause", "valid_from", "valid_to"}
    assert {f"hints[1].{name}" for name in ours} <= policy.office_sets


def test_a_distance_that_the_search_would_miss_is_refused():
    texts = read_policy_texts(FOLDER)
    texts["hints.yaml"] = texts["hints.yaml"].replace("photo_distance: 4", "photo_distance: 8")
    with pytest.raises(PolicyError, match="photo_distance"):
        policy_from_texts(texts)
