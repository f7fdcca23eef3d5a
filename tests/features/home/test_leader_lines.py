"""The first page shows as many units as one reads on a phone, the worst; the table has them all."""

from types import SimpleNamespace

from anwang.features.home.queries.leader import SHOWN, LeaderHome


def home_of(overdue):
    lines = [SimpleNamespace(key=n, expected=20, waived=0, overdue=late) for n, late in enumerate(overdue)]
    return [line.key for line in LeaderHome(None, SimpleNamespace(lines=lines), []).lines]


def test_of_many_units_those_with_the_most_overdue_are_shown():
    keys = home_of(range(40))
    assert keys == list(range(39, 39 - SHOWN, -1))


def test_few_units_keep_their_order():
    assert home_of([0, 3, 1]) == [0, 1, 2]
