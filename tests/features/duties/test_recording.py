"""Recording a contact: once, by those responsible, counted when the answers are given."""

from datetime import timedelta
from uuid import uuid4

import pytest

from anwang.domain.base import Refusal
from anwang.domain.duties.rules import Form
from anwang.features.audit.queries import faults
from anwang.features.duties.actions import ContactData, Entry, open_duties, record_contact, void_contact, waive
from anwang.features.duties.models import Contact, Fulfilment, Obligation
from anwang.features.duties.queries import tally_faults
from anwang.features.policies.queries import current

pytestmark = pytest.mark.django_db


def answers_for(rule, today, **other):
    """An answer to everything that the rule requires."""
    sample = {"yes_no": "yes", "date": today.isoformat(), "count": "1", "text": "示例", "long_text": "示例记录"}
    found = {}
    for answer in current().duty_rule(rule, today).answers:
        if answer.must_be:
            found[answer.code] = answer.must_be
        elif answer.required:
            found[answer.code] = answer.choices[0][0] if answer.choices else sample[answer.kind.value]
    return {**found, **other}


@pytest.fixture
def opened(bound, now):
    open_duties(by=bound.system, now=now)
    return bound


@pytest.fixture
def call(opened, now, today):
    """Build the half-month call of the cadre to the enterprise."""

    def make(**other):
        row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
        data = {
            "client_id": uuid4(), "enterprise": opened.enterprise.id, "person": opened.village_cadre.person.id,
            "form": Form.CALL, "occurred_on": today, "with_whom": "示例厂长",
            "entries": (Entry("N7.2", row.id, answers_for("N7.2", today)),),
        }  # fmt: skip
        return ContactData(**{**data, **other})

    return make


def test_a_call_that_answers_everything_fulfils_the_half_month(opened, call, now):
    assert record_contact(by=opened.village_cadre.actor, now=now, data=call()).counted == 1
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    assert (row.done_at, row.late) == (now, False)
    assert tally_faults() == []
    assert list(faults()) == []


def test_a_record_sent_twice_is_one_record(opened, call, now):
    data = call()
    record_contact(by=opened.village_cadre.actor, now=now, data=data)
    again = record_contact(by=opened.village_cadre.actor, now=now + timedelta(days=1), data=data)
    assert again.again
    assert (Contact.objects.count(), Fulfilment.objects.count(), again.counted) == (1, 1, 1)


def test_the_same_id_with_another_body_is_refused_and_says_what_differs(opened, call, now):
    data = call()
    record_contact(by=opened.village_cadre.actor, now=now, data=data)
    other = call(client_id=data.client_id, note="另一份")
    with pytest.raises(Refusal, match="情况记录") as refused:
        record_contact(by=opened.village_cadre.actor, now=now, data=other)
    assert (refused.value.code, refused.value.status) == ("record_differs", 409)


def test_an_attempt_that_reached_nobody_is_kept_and_does_not_count(opened, call, now):
    result = record_contact(by=opened.village_cadre.actor, now=now, data=call(reached=False))
    assert result.counted == 0
    assert Contact.objects.count() == 1
    assert Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2").done_at is None


def test_missing_answers_keep_the_record_and_leave_the_duty_open(opened, call, now):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    result = record_contact(by=opened.village_cadre.actor, now=now, data=call(entries=(Entry("N7.2", row.id, {}),)))
    assert result.counted == 0
    assert Fulfilment.objects.get().missing != []


def test_a_call_cannot_do_what_must_be_done_on_site(opened, call, now, today):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.3")
    data = call(entries=(Entry("N7.3", row.id, answers_for("N7.3", today)),))
    assert record_contact(by=opened.village_cadre.actor, now=now, data=data).counted == 0


def test_one_visit_meets_several_duties_at_once(opened, call, now, today):
    rules = ["N7.3", "N7.4", "N7.5"]
    rows = {row.rule: row.id for row in Obligation.objects.filter(enterprise=opened.enterprise, rule__in=rules)}
    entries = tuple(Entry(rule, rows[rule], answers_for(rule, today)) for rule in rules)
    data = call(form=Form.ON_SITE, entries=entries)
    assert record_contact(by=opened.village_cadre.actor, now=now, data=data).counted == 3
    assert tally_faults() == []


def test_one_called_enterprise_never_hides_another(opened, call, now):
    record_contact(by=opened.village_cadre.actor, now=now, data=call())
    assert Obligation.objects.get(enterprise=opened.elsewhere, rule="N7.2").done_at is None


def test_a_duty_of_another_enterprise_cannot_be_ticked(opened, call, now, today):
    other = Obligation.objects.get(enterprise=opened.elsewhere, rule="N7.2")
    data = call(entries=(Entry("N7.2", other.id, answers_for("N7.2", today)),))
    with pytest.raises(Refusal) as refused:
        record_contact(by=opened.village_cadre.actor, now=now, data=data)
    assert refused.value.code == "duty_unknown"
    assert Contact.objects.count() == 0


def test_a_duty_is_fulfilled_once_and_the_second_is_told(opened, call, now):
    record_contact(by=opened.village_cadre.actor, now=now, data=call())
    with pytest.raises(Refusal) as refused:
        record_contact(by=opened.village_cadre.actor, now=now, data=call())
    assert refused.value.code == "duty_settled"
    assert tally_faults() == []


@pytest.mark.parametrize(("who", "code"), [("stranger", "not_found"), ("principal", "not_yours")])
def test_others_cannot_record(opened, call, now, who, code):
    with pytest.raises(Refusal) as refused:
        record_contact(by=getattr(opened, who).actor, now=now, data=call())
    assert refused.value.code == code


def test_the_office_enters_a_paper_record_for_the_cadre(opened, call, now):
    result = record_contact(by=opened.township_officer.actor, now=now, data=call(channel="paper"))
    assert result.contact.person_id == opened.village_cadre.person.id
    assert result.counted == 1


def test_work_done_late_needs_a_reason_and_counts_as_late(opened, call, now, today):
    later = now + timedelta(days=12)
    data = call(occurred_on=today + timedelta(days=12))
    assert record_contact(by=opened.village_cadre.actor, now=later, data=data).counted == 0
    again = call(occurred_on=today + timedelta(days=12), late_reason="企业放假")
    assert record_contact(by=opened.village_cadre.actor, now=later, data=again).counted == 1
    assert Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2").late is True
    assert tally_faults() == []


def test_a_withdrawn_record_stays_readable_and_the_duty_is_owed_again(opened, call, now):
    contact = record_contact(by=opened.village_cadre.actor, now=now, data=call()).contact
    void_contact(by=opened.village_cadre.actor, now=now, contact_id=contact.id, reason="登记错企业")
    assert Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2").done_at is None
    assert Contact.objects.get().void_reason == "登记错企业"
    assert tally_faults() == []
    assert record_contact(by=opened.village_cadre.actor, now=now, data=call()).counted == 1


def test_a_waived_duty_leaves_the_expected_count(opened, now):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.7")
    waive(by=opened.county_leader.actor, now=now, obligation_id=row.id, reason="厂区改造停产")
    assert tally_faults() == []
    with pytest.raises(Refusal, match="免除"):
        waive(by=opened.county_leader.actor, now=now, obligation_id=row.id, reason="再次")
