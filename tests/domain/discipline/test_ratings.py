"""四.4: ratings are shown as counts of units, never so that one rating or one person's can be told."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from anwang.domain.discipline.ratings import Fewest, Group, Opinion, disclosed, large_enough, may_rate

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)
FEWEST = Fewest(5, 2)


def group(total, persons=2):
    return Group({Opinion.HELPED: total} if total else {}, persons if total else 0)


@pytest.mark.parametrize(
    ("days_ago", "rated_ago", "may"),
    [(0, None, True), (90, None, True), (91, None, False), (1, timedelta(0), True),
     (8, 7 * DAY - timedelta(seconds=1), True), (8, 7 * DAY, False)],
)  # fmt: skip
def test_a_visit_is_rated_within_ninety_days_and_the_rating_changed_within_seven(days_ago, rated_ago, may):
    rated = NOW - rated_ago if rated_ago is not None else None
    assert bool(may_rate(TODAY - days_ago * DAY, rated, NOW, TODAY, within_days=90, change_days=7)) is may


def test_few_ratings_and_those_about_one_person_are_not_shown():
    assert disclosed({"a": group(4), "b": group(9, persons=1)}, FEWEST) == frozenset()
    assert disclosed({"a": group(5), "b": group(0)}, FEWEST) == {"a"}


def test_a_hidden_part_is_not_found_by_subtraction():
    assert disclosed({"a": group(20), "b": group(6), "c": group(1)}, FEWEST) == {"a"}
    assert disclosed({"a": group(20), "b": group(4), "c": group(4)}, FEWEST) == {"a"}


def test_whatever_the_groups_the_rest_is_nothing_or_large_enough():
    sizes = [group(0), group(1, 1), group(3), group(5), group(8, 1), group(8)]
    for found in product(sizes, repeat=4):
        groups = dict(enumerate(found))
        shown = disclosed(groups, FEWEST)
        assert all(large_enough(groups[key].total, groups[key].persons, FEWEST) for key in shown)
        rest = sum(each.total for key, each in groups.items() if key not in shown)
        assert not shown or rest == 0 or rest >= 5
