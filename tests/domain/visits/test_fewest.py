"""The planner's number is the least there is: every small case is also solved by trying all sets of contacts."""

from datetime import date, timedelta
from itertools import combinations, combinations_with_replacement
from random import Random

import pytest

from anwang.domain.visits.days import Days
from anwang.domain.visits.fewest import fewest
from anwang.domain.visits.needs import Calendar, Need, Season, Why
from anwang.domain.visits.plan import Firm, plan
from anwang.domain.visits.route import Spot

REMOTE = frozenset({"call"})
FIRST = date(2026, 1, 29)
FORMS = [("call",), ("on_site",), ("on_site", "film"), ("film",), ("call", "on_site"), ("film", "on_site", "call")]


def season(length, *, quiet=(), per_day=1, per_month=2, notice=0):
    return Season(
        FIRST, FIRST + timedelta(length - 1), FIRST + timedelta(notice), frozenset(quiet), REMOTE, "on_site",
        per_day, per_month,
    )  # fmt: skip


def met(needs, contacts):
    """Whether contacts (form, alone, day) meet all needs: by trying, need after need, every contact that is left."""
    if not needs:
        return True
    need, *rest = needs
    for index, (form, alone, day, rules) in enumerate(contacts):
        fits = form in need.forms and alone is need.alone and (need.late or need.start <= day <= need.due)
        if fits and need.rule not in rules and not (alone and rules):
            used = (form, alone, day, rules | {need.rule})
            if met(rest, [*contacts[:index], used, *contacts[index + 1 :]]):
                return True
    return False


def least(needs, season, calendar):
    """(needs left out, contacts), each as few as can be, by trying everything."""
    places = [
        (form, alone, FIRST + timedelta(i))
        for form, alone in sorted({(f, n.alone) for n in needs for f in n.forms} | {("on_site", False)})
        for i in range((season.last - season.first).days + 1)
        if form in REMOTE or open_on(FIRST + timedelta(i), season, calendar) or calendar.kept
    ]
    for left_out in range(len(needs) + 1):
        for count in range(sum(calendar.kept.values()), len(needs) + 2):
            for chosen in combinations_with_replacement(places, count):
                if allowed(chosen, season, calendar):
                    contacts = [(*each, frozenset()) for each in chosen]
                    for kept in combinations(needs, len(needs) - left_out):
                        if met(list(kept), contacts):
                            return left_out, count
    raise AssertionError("leaving out everything always works")


def agrees(needs, conditions, calendar, answer):
    """As few left out as can be, and the fewest contacts for the needs that stay."""
    left_out, _ = least(needs, conditions, calendar)
    missed = {each.need.key for each in answer.missed}
    stay = [need for need in needs if need.key not in missed]
    return len(missed) == left_out and least(stay, conditions, calendar) == (0, answer.fewest)


def open_on(day, season, calendar):
    return day not in season.quiet and day >= season.site_from and day not in calendar.impossible


def allowed(chosen, season, calendar):
    if any(chosen.count(("on_site", False, day)) < times for day, times in calendar.kept.items()):
        return False
    if any(form in REMOTE and chosen.count((form, alone, day)) > 1 for form, alone, day in chosen):
        return False
    visits = [day for form, _, day in chosen if form not in REMOTE]
    for day in visits:
        room = season.per_day - calendar.taken.get(day, 0) if open_on(day, season, calendar) else 0
        if visits.count(day) > max(room, calendar.kept.get(day, 0)):
            return False
    for month in {day.month for day in visits}:
        kept = sum(times for day, times in calendar.kept.items() if day.month == month)
        taken = sum(times for day, times in calendar.taken.items() if day.month == month)
        if sum(day.month == month for day in visits) > max(kept, season.per_month - taken):
            return False
    return True


def chance_case(seed):
    dice = Random(seed)
    length = dice.randint(3, 6)
    days = [FIRST + timedelta(i) for i in range(length)]
    some = lambda share: frozenset(day for day in days if dice.random() < share)  # noqa: E731
    conditions = season(
        length, quiet=some(0.25), per_day=dice.randint(1, 2), per_month=dice.randint(1, 3), notice=dice.randint(0, 1)
    )
    taken = dict.fromkeys(some(0.15), 1) | ({date(2026, 1, 3): 1} if dice.random() < 0.2 else {})
    kept = {dice.choice(days): 1} if dice.random() < 0.2 else {}
    calendar = Calendar(some(0.15), taken, kept)
    needs = []
    for number in range(dice.randint(1, 4)):
        a, b = sorted((dice.choice(days), dice.choice(days)))
        forms, alone = dice.choice(FORMS), dice.random() < 0.2
        forms = forms[:1] if alone else forms
        needs.append(Need((number,), dice.choice("ABC"), a, b, forms, alone, dice.random() < 0.15))
    return needs, conditions, calendar


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 600, 50))
def test_no_plan_has_fewer_contacts_nor_leaves_out_fewer_needs(seed):
    for number in range(seed, seed + 50):
        needs, conditions, calendar = chance_case(number)
        answer, _room = fewest(needs, Days(conditions), calendar)
        assert agrees(needs, conditions, calendar, answer), number


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 3000, 500))
def test_the_days_chosen_keep_the_number_the_caps_and_every_need(seed):
    for number in range(seed, seed + 500):
        needs, conditions, calendar = chance_case(number)
        found = plan([Firm(7, Spot(1), needs, calendar)], Days(conditions), stops_per_day=1, calls_per_day=1)
        assert found.contacts == found.lower_bound
        kinds = {(need.key): need for need in needs}
        chosen = tuple(
            (c.form, bool(c.meets) and c.meets[0].alone, c.day) for c in (stop.contact for stop in found.stops)
        )
        assert allowed(chosen, conditions, calendar), number
        assert found.records + len(found.missed) == len(kinds)
        for stop in found.stops:
            contact = stop.contact
            assert len({need.rule for need in contact.meets}) == len(contact.meets)
            assert all(contact.form in need.forms for need in contact.meets)
            assert all(need.late or need.start <= contact.day <= need.due for need in contact.meets)


def quarter_needs():
    return [
        Need((rule,), rule, date(2026, 1, 29), date(2026, 2, 5), forms)
        for rule, forms in (("A", ("on_site", "film")), ("B", ("on_site",)), ("C", ("film", "on_site")))
    ]


def test_duties_of_the_same_time_share_one_visit():
    answer, _ = fewest(quarter_needs(), Days(season(8)), Calendar())
    assert answer.fewest == 1


def test_a_duty_that_may_not_be_bundled_has_its_own_contact():
    call = Need(("D",), "D", date(2026, 1, 29), date(2026, 2, 5), ("call",), alone=True)
    answer, _ = fewest([*quarter_needs(), call], Days(season(8)), Calendar())
    assert answer.fewest == 2


@pytest.mark.parametrize(
    ("quiet", "impossible", "taken", "why"),
    [
        (range(8), (), {}, Why.QUIET),
        ((), range(8), {}, Why.WISH),
        ((), (), {FIRST + timedelta(i): 1 for i in range(8)}, Why.CAP_DAY),
        ((), (), {date(2026, 1, 2): 2, date(2026, 2, 20): 2}, Why.CAP_MONTH),
    ],
)
def test_what_no_day_can_meet_is_named_with_its_reason(quiet, impossible, taken, why):
    on = lambda numbers: frozenset(FIRST + timedelta(i) for i in numbers)  # noqa: E731
    answer, _ = fewest(quarter_needs(), Days(season(8, quiet=on(quiet))), Calendar(on(impossible), taken))
    assert [(each.need.rule, each.why) for each in answer.missed] == [("A", why), ("B", why), ("C", why)]
    assert answer.fewest == 0


def test_what_is_due_before_it_can_be_announced_says_so():
    need = Need((1,), "A", FIRST, FIRST + timedelta(1), ("on_site",))
    answer, _ = fewest([need], Days(season(8, notice=2)), Calendar())
    assert [each.why for each in answer.missed] == [Why.NOTICE]


def test_calls_disturb_nobody_and_are_planned_on_quiet_days_where_there_are_no_others():
    quiet = frozenset(FIRST + timedelta(i) for i in range(8))
    call = Need(("D",), "D", FIRST, FIRST + timedelta(3), ("call",), alone=True)
    answer, _ = fewest([call], Days(season(8, quiet=quiet)), Calendar())
    assert (answer.fewest, answer.missed) == (1, ())


def test_a_late_duty_is_met_as_soon_as_a_visit_can_be_announced():
    late = Need(("A",), "A", date(2025, 10, 1), date(2025, 12, 31), ("on_site",), late=True)
    found = plan([Firm(1, Spot(1), [late])], Days(season(8, notice=1)), stops_per_day=4, calls_per_day=4)
    assert [stop.contact.day for stop in found.stops] == [FIRST + timedelta(1)]


def test_more_late_duties_of_a_rule_than_the_month_has_room_for_are_named_not_dropped():
    needs = [Need((i,), "A", date(2025, 1, 1), date(2025, 3, 31), ("on_site",), late=True) for i in range(3)]
    answer, _ = fewest(needs, Days(season(3, per_month=2)), Calendar())
    assert [each.why for each in answer.missed] == [Why.ROOM]
    assert answer.fewest == 2


def test_an_announced_visit_is_kept_and_takes_up_what_fits():
    kept = Calendar(kept={FIRST + timedelta(2): 1})
    found = plan([Firm(1, Spot(1), quarter_needs(), kept)], Days(season(8)), stops_per_day=4, calls_per_day=4)
    assert [(s.contact.day, s.contact.kept, len(s.contact.meets)) for s in found.stops] == [
        (FIRST + timedelta(2), True, 3)
    ]
