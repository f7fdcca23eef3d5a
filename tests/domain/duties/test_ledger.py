"""The tally: whatever happens to rows, the sum of changes is the count of rows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.duties import ledger
from anwang.domain.duties.ledger import LedgerRow, Tally, TallyKey

FEW = settings(max_examples=40, deadline=None)

ROW = LedgerRow(371302, 371302101, "N7.2", "2026-11B", date(2026, 11, 30))
KEY = TallyKey(371302, 371302101, "N7.2", "2026-11B", date(2026, 11, 30))


def test_opening_expects_one_under_the_month_in_which_the_period_ends() -> None:
    assert ledger.open_row(ROW).deltas == {KEY: Tally(expected=1)}
    assert KEY.month == "2026-11"
    assert ledger.due_month("2026Q4") == ledger.due_month("2026") == "2026-12"


@pytest.mark.parametrize("late", [False, True])
def test_fulfilling_and_taking_it_back_come_to_nothing(late: bool) -> None:
    done = ledger.fulfil(ROW, late)
    assert done.deltas == {KEY: Tally(done=1, late=int(late))}
    back = ledger.unfulfil(done.after)
    assert back.after == ROW
    assert ledger.combine([done.deltas, back.deltas]) == {}


def test_waiving_takes_the_expectation_and_giving_it_back_restores_it() -> None:
    waived = ledger.waive(ROW)
    assert waived.deltas == {KEY: Tally(expected=-1, waived=1)}
    assert ledger.unwaive(waived.after) == (ROW, {KEY: Tally(expected=1, waived=-1)})


def test_moving_takes_all_that_a_row_counts_along() -> None:
    done = ledger.fulfil(ROW, late=True).after
    there = KEY._replace(county=371311, township=371311001)
    assert ledger.move(done, 371311, 371311001).deltas == {KEY: Tally(-1, -1, -1, 0), there: Tally(1, 1, 1, 0)}
    assert ledger.move(done, done.county, done.township).deltas == {}


def test_another_last_day_moves_the_expectation_to_it() -> None:
    later = date(2026, 12, 3)
    assert ledger.extend(ROW, later).deltas == {KEY: Tally(-1), KEY._replace(due=later): Tally(1)}
    assert KEY._replace(due=later).month == "2026-11"


def test_an_act_on_a_row_that_does_not_allow_it_is_refused() -> None:
    done, waived = ledger.fulfil(ROW, False).after, ledger.waive(ROW).after
    for act in (
        lambda: ledger.fulfil(done, False),
        lambda: ledger.fulfil(waived, False),
        lambda: ledger.waive(done),
        lambda: ledger.waive(waived),
        lambda: ledger.unfulfil(ROW),
        lambda: ledger.unwaive(ROW),
    ):
        with pytest.raises(ValueError, match="the obligation is"):
            act()


def test_in_time_and_not_done_follow_from_the_counters() -> None:
    tally = Tally(expected=10, done=7, late=2, waived=1)
    assert (tally.in_time, tally.not_done) == (5, 3)


ACTS = [
    ledger.unfulfil,
    ledger.waive,
    ledger.unwaive,
    lambda row: ledger.fulfil(row, False),
    lambda row: ledger.fulfil(row, True),
    lambda row: ledger.move(row, 371311, 371311001),
    lambda row: ledger.move(row, 371302, 371302102),
    lambda row: ledger.extend(row, date(2026, 12, 3)),
]
PERIODS = st.sampled_from(["2026-11A", "2026-11B", "2026Q4"])


@FEW
@given(
    st.lists(PERIODS, min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(ACTS)), max_size=25),
)
def test_after_any_acts_the_sum_of_changes_is_the_count_of_rows(periods: list[str], acts: list[tuple]) -> None:
    rows = [ROW._replace(period=period) for period in periods]
    changes = [ledger.collect(rows)]
    for index, act in acts:
        try:
            change = act(rows[index % len(rows)])
        except ValueError:
            continue
        rows[index % len(rows)] = change.after
        changes.append(change.deltas)
    stored = ledger.combine(changes)
    assert ledger.mismatches(ledger.collect(rows), stored) == []
    assert all(count >= 0 for tally in stored.values() for count in tally)


def test_a_tally_that_the_rows_do_not_bear_out_is_named_and_a_stored_zero_is_no_fault() -> None:
    other = KEY._replace(rule="N7.3")
    found = ledger.mismatches({KEY: Tally(2)}, {KEY: Tally(3), other: Tally()})
    assert found == [(KEY, Tally(2), Tally(3))]
    assert ledger.mismatches({}, {KEY: Tally(1)}) == [(KEY, Tally(), Tally(1))]


def test_a_late_mark_on_a_row_that_is_not_done_counts_nothing() -> None:
    assert ledger.entry(ROW._replace(late=True)) == (KEY, Tally(expected=1))
