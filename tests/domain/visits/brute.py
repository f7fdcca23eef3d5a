"""The least number of contacts of a small case by trying all sets of them, and small cases of all sorts by a seed."""

from datetime import date, timedelta
from itertools import combinations, combinations_with_replacement
from random import Random

from anwang.domain.visits.needs import Calendar, Need, Season

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
