"""Records as tests make them: answers to everything that a rule requires."""

from __future__ import annotations

from uuid import uuid4

from anwang.domain.duties.rules import Form
from anwang.features.duties.actions import ContactData, Entry
from anwang.features.duties.models import Obligation
from anwang.features.policies.queries import current

SAMPLE = {"yes_no": "yes", "count": "1", "text": "示例", "long_text": "示例记录"}


def answers_for(rule, today, **other):
    """An answer to everything that the rule requires."""
    found = {}
    for answer in current().duty_rule(rule, today).answers:
        if answer.must_be:
            found[answer.code] = answer.must_be
        elif answer.required:
            shown = {**SAMPLE, "date": today.isoformat()}
            found[answer.code] = answer.choices[0][0] if answer.choices else shown[answer.kind.value]
    return {**found, **other}


def entries_of(cast, today, rules, **other):
    """The open duties of the cast's enterprise for these rules, answered."""
    rows = {row.rule: row.id for row in Obligation.objects.filter(enterprise=cast.enterprise, rule__in=rules)}
    return tuple(Entry(rule, rows[rule], answers_for(rule, today, **other)) for rule in rules)


def contact_of(cast, day, *, form=Form.CALL, entries=(), person=None, note="示例"):
    """A contact of the village cadre with the cast's enterprise."""
    return ContactData(
        uuid4(), cast.enterprise.id, person or cast.village_cadre.person.id, form, day, entries,
        with_whom="示例厂长", note=note,
    )  # fmt: skip
