"""督导记录表 of a person: one for each enterprise, with what is owed there until the end of the month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from anwang.domain.base import Actor, Grade, Role
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.documents.records import Ask, Owed, RecordSheet
from anwang.domain.duties.rules import FORM_LABELS, Answer, Form
from anwang.domain.grid.codes import unit_range
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from .codes import Code

#: What a sheet can hold in one page beside its head.
_FORMS = (Form.CALL, Form.VIDEO, Form.ON_SITE, Form.MEETING, Form.FILM, Form.CONSULTATION)


def sheets_of(person: int, *, day: date, only: Iterable[int] | None = None) -> list[RecordSheet]:
    """The sheets of everything a person is bound to, or of some of it; five queries."""
    month = Period.containing(PeriodKind.MONTH, day)
    bound = list(assignments.of_person(person, on=day).select_related("post"))
    wanted = set(only) if only is not None else {row.enterprise_id for row in bound}
    rows = {row.enterprise_id: row for row in bound if row.enterprise_id in wanted}
    cards = enterprises.cards(rows)
    owed = defaultdict(list)
    for duty in duties.open_of(person, until=month.last, day=day):
        owed[duty.enterprise_id].append(duty)
    name = accounts.names_of([person]).get(person, "")
    return [
        RecordSheet(
            enterprise=cards[key].name, credit_code=cards[key].code, address=cards[key].address,
            principal=cards[key].principal, grade=Grade(cards[key].grade).label, supervisor=name,
            unit=row.post.label, period=f"{month.first:%Y}年{month.first.month}月",
            forms=tuple(FORM_LABELS[form] for form in _FORMS),
            owed=tuple(map(_owed, owed[key])), open_url=Code(key, person, day).url,
        )
        for key, row in rows.items()
    ]  # fmt: skip


def may_print_for(actor: Actor, person: int, *, on: date) -> bool:
    """An office or leader prints for those who hold a post inside its territory."""
    if not actor.has(Role.OFFICE, Role.LEADER):
        return False
    return grid.posts_for(actor, on=on).filter(person_id=person).exists()


def bound_in(unit: int, *, on: date) -> list[int]:
    """The people with a post inside a unit who supervise somebody on a day, in the order of their keys."""
    low, high = unit_range(unit)
    people = grid.posts(on=on).filter(unit__gte=low, unit__lt=high, is_supervisor=True)
    return sorted(set(people.values_list("person_id", flat=True)) & assignments.bound_people(on=on))


def _owed(duty: duties.DutyRow) -> Owed:
    asks = [_ask(answer) for answer in duty.rule.answers if answer.required or answer.code in ("problems", "absence")]
    return Owed(gettext(duty.rule.title), f"{duty.due:%Y-%m-%d}", tuple(asks))


def _ask(answer: Answer) -> Ask:
    return Ask(gettext(answer.label), answer.kind.value, tuple(gettext(label) for _code, label in answer.choices))
