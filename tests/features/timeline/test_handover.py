"""A person goes, the work stays: what moves, what stays, what can be taken back, who may."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest

from anwang.domain.base import SYSTEM
from anwang.features.assignments.actions import record_paper, settle
from anwang.features.assignments.models import Assignment, Commitment, Posting
from anwang.features.duties.actions import ContactData, open_duties, record_contact
from anwang.features.duties.actions.handover import settle_changes
from anwang.features.duties.models import Obligation, Transfer
from anwang.features.duties.queries import orphans
from anwang.features.duties.queries.checks import verify
from anwang.features.grid.models import Post
from anwang.features.notices.models import Message
from anwang.features.timeline.actions import HandoverData, carry_due, end_leave, hand_over, undo
from anwang.features.timeline.models import Handover
from tests.features.duties.conftest import bind
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def open_duties_of(person, today):
    rows = Obligation.objects.filter(person_id=person, done_at=None, waived_at=None, due__gte=today)
    return set(rows.values_list("id", flat=True))


def test_open_duties_move_once_with_a_trace(opened, give, people, now, today):
    held = open_duties_of(people.old, today)
    row = give(note="到龄")
    assert held
    assert open_duties_of(people.new, today) == held
    traces = Transfer.objects.filter(obligation_id__in=held)
    assert Counter(traces.values_list("obligation_id", flat=True)) == Counter(held)
    assert set(traces.values_list("from_person", "to_person", "reason")) == {(people.old, people.new, "退休：到龄")}
    assert row.duties == row.items.get().duties == len(held)
    assert settle_changes(by=opened.system, now=now + timedelta(days=1)) == {}


def test_letter_and_sheet_of_the_old_pair_end_and_new_ones_wait(opened, give, people):
    give()
    new = Assignment.objects.get(enterprise=opened.enterprise, valid_to=None)
    assert new.person_id == people.new
    assert Commitment.objects.filter(assignment=new, signed_at=None, void_at=None).count() == 1
    assert Posting.objects.filter(assignment=new, confirmed_at=None, void_at=None).count() == 1
    old = Commitment.objects.filter(assignment__person_id=people.old)
    assert not old.filter(void_at=None).exists()


def test_a_retired_person_holds_no_post_and_a_reassigned_one_does(opened, give, today):
    give("rebalance")
    assert Post.objects.get(id=opened.village_cadre.post.id).valid_to is None


def test_the_post_ends_with_the_reason(opened, give, today):
    give("transfer", note="去县里")
    post = Post.objects.get(id=opened.village_cadre.post.id)
    assert (post.valid_to, post.end_reason) == (today, "调离：去县里")


def test_nothing_is_left_without_anybody(opened, give, now, today):
    give()
    faults = verify(on=today)
    assert faults["orphans"] == []
    assert faults["sums"] == []
    assert not orphans(opened.county_leader.actor.territory.ranges, on=today)


def test_an_enterprise_that_nobody_leads_is_an_orphan_of_its_territory_only(opened, now, today):
    Post.objects.filter(id=opened.village_cadre.post.id).update(valid_to=today)
    settle(by=opened.system, now=now)
    settle_changes(by=opened.system, now=now)
    found = orphans(opened.county_leader.actor.territory.ranges, on=today)
    assert found.named == [(opened.enterprise.id, opened.enterprise.name)]
    assert (found.enterprises, found.duties) == (1, Obligation.objects.filter(due__gte=today, county=371302).count())
    assert not orphans(opened.stranger.actor.territory.ranges, on=today)
    codes = {fault.code for fault in verify(on=today)["orphans"]}
    assert codes == {"enterprise_without_lead", "duty_without_lead", "duty_without_post"}


def test_orphans_cost_two_queries(opened, today, django_assert_num_queries):
    with django_assert_num_queries(2):
        orphans(opened.county_leader.actor.territory.ranges, on=today)


def test_every_enterprise_needs_a_taker(opened, give):
    with refused("handover_taken"):
        give(takers={})


def test_who_has_no_post_there_cannot_take(opened, give):
    with refused("person_outside"):
        give(takers={opened.enterprise.id: opened.stranger.post.id})
    assert not Handover.objects.exists()


def test_a_neighbour_and_a_supervisor_hand_nobody_over(opened, give):
    with refused("not_found"):
        give(who="stranger")
    with refused("not_your_unit"):
        give(who="village_cadre")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "death"}, "bad_reason"),
        ({"on": date(2019, 1, 1)}, "handover_before"),
        ({"on": date(2027, 6, 1)}, "handover_ahead"),
        ({"kind": "leave"}, "leave_end"),
        ({"kind": "leave", "until": date(2026, 11, 24)}, "leave_end"),
        ({"kind": "leave", "until": date(2028, 11, 25)}, "leave_long"),
    ],
)
def test_days_and_reasons_make_sense(give, asked, code):
    with refused(code):
        give(**asked)


def test_a_hand_over_is_taken_back_within_a_day(opened, give, people, now, today):
    held = open_duties_of(people.old, today)
    row = give()
    undo(by=opened.county_leader.actor, now=now + timedelta(hours=2), handover_id=row.id)
    lead = Assignment.objects.get(enterprise=opened.enterprise, valid_to=None)
    assert lead.person_id == people.old
    assert open_duties_of(people.old, today) == held
    assert Post.objects.get(id=opened.village_cadre.post.id).valid_to is None
    assert verify(on=today)["sums"] == []
    again = give()
    with refused("undo_expired"):
        undo(by=opened.county_leader.actor, now=now + timedelta(hours=25), handover_id=again.id)


def test_papers_of_the_old_pair_are_valid_again_after_taking_back(opened, give, people, now):
    from anwang.features.assignments.actions.papers import issue_papers

    lead = Assignment.objects.get(enterprise=opened.enterprise, valid_to=None)
    issue_papers(opened.system, now - timedelta(days=9), [lead])
    row = give()
    assert not Commitment.objects.filter(assignment=lead, void_at=None).exists()
    undo(by=opened.county_leader.actor, now=now + timedelta(hours=1), handover_id=row.id)
    assert Commitment.objects.filter(assignment=lead, void_at=None).count() == 1
    assert not Commitment.objects.filter(assignment__person_id=people.new, void_at=None).exists()


def test_what_was_signed_since_is_not_taken_back(opened, give, people, now, today):
    row = give()
    letter = Commitment.objects.get(assignment__person_id=people.new)
    record_paper(by=opened.township_officer.actor, now=now, commitment_ids=[letter.id], signed_on=today)
    with refused("handover_moved"):
        undo(by=opened.county_leader.actor, now=now, handover_id=row.id)


def test_what_was_recorded_since_is_not_taken_back(opened, give, people, now, today):
    row = give()
    call = ContactData(uuid4(), opened.enterprise.id, people.new, "call", today)
    record_contact(by=opened.township_officer.actor, now=now, data=call)
    with refused("handover_moved"):
        undo(by=opened.county_leader.actor, now=now, handover_id=row.id)
    row.refresh_from_db()
    assert row.state == "done"


def test_a_hand_over_of_a_day_to_come_waits_for_it(opened, give, people, now, today):
    row = give(on=today + timedelta(days=7))
    assert row.state == "planned"
    assert Assignment.objects.get(enterprise=opened.enterprise, valid_to=None).person_id == people.old
    assert carry_due(by=SYSTEM, now=now + timedelta(days=6)) == {"done": [], "failed": [], "leaves": []}
    assert carry_due(by=SYSTEM, now=now + timedelta(days=7)) == {"done": [row.id], "failed": [], "leaves": []}
    assert carry_due(by=SYSTEM, now=now + timedelta(days=7)) == {"done": [], "failed": [], "leaves": []}
    assert Assignment.objects.get(enterprise=opened.enterprise, valid_to=None).person_id == people.new


def test_one_hand_over_waits_for_a_post(opened, give, now, today):
    row = give(on=today + timedelta(days=7))
    with refused("handover_planned"):
        give(on=today + timedelta(days=9))
    undo(by=opened.county_leader.actor, now=now, handover_id=row.id)
    give(on=today + timedelta(days=9))


def test_a_planned_hand_over_whose_taker_has_gone_is_named_and_nothing_is_half_done(opened, give, people, now, today):
    row = give(on=today + timedelta(days=7))
    Post.objects.filter(id=opened.township_officer.post.id).update(valid_to=today + timedelta(days=1))
    assert carry_due(by=SYSTEM, now=now + timedelta(days=7)) == {"done": [], "failed": [row.id], "leaves": []}
    row.refresh_from_db()
    assert row.state == "failed"
    assert opened.enterprise.name in row.failure
    assert Assignment.objects.get(enterprise=opened.enterprise, valid_to=None).person_id == people.old


class TestLeave:
    @pytest.fixture
    def away(self, give, today):
        """On leave for three weeks, over the end of the half-month."""
        return give("leave", until=today + timedelta(days=21))

    def test_what_falls_due_in_the_leave_goes_to_the_deputy_and_the_rest_stays(self, opened, away, people, today):
        held = Obligation.objects.filter(enterprise=opened.enterprise, due__gte=today)
        for row in held:
            assert (row.person_id == people.new) == (row.due < away.until), (row.rule, row.due)
        assert away.duties == held.filter(due__lt=away.until).count() > 0

    def test_the_lead_stays_the_lead_with_the_letter(self, opened, away, people):
        lead = Assignment.objects.get(enterprise=opened.enterprise, part="lead", valid_to=None)
        assert lead.person_id == people.old
        assert not Commitment.objects.filter(assignment__person_id=people.new).exists()

    def test_nothing_goes_back_and_forth_from_day_to_day(self, opened, away, now):
        moved = Transfer.objects.count()
        for days in range(1, 6):
            settle_changes(by=opened.system, now=now + timedelta(days=days))
        assert Transfer.objects.count() == moved

    def test_duties_opened_during_the_leave_go_to_the_deputy_too(self, opened, away, people, now):
        later = now + timedelta(days=8)
        open_duties(by=opened.system, now=later)
        row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2", period="2026-12A")
        assert row.person_id == (people.new if row.due < away.until else people.old)

    def test_back_early_the_rest_returns(self, opened, away, people, now):
        later = now + timedelta(days=2)
        end_leave(by=opened.county_leader.actor, now=later, handover_id=away.id)
        assert not open_duties_of(people.new, later.date())
        deputy = Assignment.objects.get(part="deputy")
        assert deputy.valid_to == later.date()
        with refused("leave_over"):
            end_leave(by=opened.county_leader.actor, now=later, handover_id=away.id)

    def test_what_the_deputy_did_stays_the_deputys(self, opened, away, people, now, today):
        row = Obligation.objects.filter(enterprise=opened.enterprise, person_id=people.new).first()
        Obligation.objects.filter(id=row.id).update(done_at=now, done_on=today)
        end_leave(by=opened.county_leader.actor, now=now + timedelta(days=2), handover_id=away.id)
        row.refresh_from_db()
        assert row.person_id == people.new

    def test_two_deputies_at_once_are_refused(self, opened, give, away, today):
        with refused("leave_overlaps"):
            give("leave", on=today + timedelta(days=3), until=today + timedelta(days=5))

    def test_a_new_lead_needs_no_deputy(self, opened, give, away, people, now, today):
        give("retire", takers={opened.enterprise.id: opened.county_leader.post.id})
        assert Assignment.objects.get(part="deputy").valid_to == today
        assert not open_duties_of(people.new, today)
        assert not open_duties_of(people.old, today)
        assert verify(on=today)["orphans"] == []

    def test_a_deputy_who_retires_gives_the_duties_back_at_once(self, opened, give, away, people, now, today):
        data = HandoverData(opened.township_officer.post.id, "retire", today)
        hand_over(by=opened.county_leader.actor, now=now, data=data)
        assert Assignment.objects.get(part="deputy").valid_to == today
        assert not open_duties_of(people.new, today)
        assert verify(on=today)["orphans"] == []


def test_who_changes_only_the_division_keeps_what_is_joint(opened, give, people, now):
    bind(opened.elsewhere, opened.village_cadre, now, part="joint")
    give("rebalance")
    assert Assignment.objects.get(person_id=people.old, valid_to=None).part == "joint"


def test_who_leaves_is_bound_to_nothing(opened, give, people, now):
    bind(opened.elsewhere, opened.village_cadre, now, part="joint")
    give("retire")
    assert not Assignment.objects.filter(person_id=people.old, valid_to=None).exists()


def test_the_taker_is_told_once(opened, give, people):
    row = give()
    told = Message.objects.get(kind="handover")
    assert told.to_id == people.new
    assert told.title == f"示例村主任把 1 家企业交接给您，未完成的职责 {row.duties} 项。"
