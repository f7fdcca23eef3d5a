"""A problem on its way: report, leader, department, enterprise, verification, closing; up the ladder and down."""

from datetime import timedelta

import pytest

from anwang.domain.ladder.states import ENDED
from anwang.features.audit.models import AuditEvent
from anwang.features.duties.models import Contact
from anwang.features.notices.models import Message
from anwang.features.problems import actions
from anwang.features.problems.models import Ladder, Problem, ProblemEvent
from tests.cast import CITY, LANSHAN, TOWNSHIP
from tests.features.dispatch.conftest import VILLAGE
from tests.features.duties.pictures import jpeg
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_township(found, act):
    """Climbed from the village to the township and accepted there: seven days."""
    row = found()
    act("escalate", "village_cadre", row, reason="authority", text="村里没有执法权")
    return act("accept", "township_officer", row)


def message_to(member, kind):
    return Message.objects.filter(to=member.person, kind=kind).first()


def test_it_goes_to_the_leader_of_the_reporters_own_level_and_the_reporter_follows_it(found, line, today):
    row = found()
    assert (row.unit, row.level, row.state) == (VILLAGE, "village", "reported")
    assert (row.due, row.first_due) == (today + timedelta(days=1), today + timedelta(days=3))
    assert row.tracker_id == line.village_cadre.person.id


def test_an_enterprise_reports_about_itself_to_its_village_and_its_lead_follows(found, line):
    row = found("principal", kind="difficulty", title="天然气改造缺资金")
    assert (row.unit, row.source, row.tracker_id) == (VILLAGE, "self", line.village_cadre.person.id)
    assert message_to(line.village_cadre, "problem_new") is not None


def test_the_same_form_twice_is_one_problem(found):
    first = found()
    assert found(client_id=first.client_id).id == first.id
    assert Problem.objects.count() == 1


def test_a_record_of_another_enterprise_is_not_taken(found, line, now, today):
    other = Contact.objects.create(
        body_digest="x", enterprise=line.elsewhere, county=371311, township=371311001, person=line.village_cadre.person,
        form="call", occurred_on=today, captured_at=now, received_at=now,
    )  # fmt: skip
    with refused("not_found"):
        found(contact=other.id)


def test_a_neighbours_enterprise_is_not_found(found):
    with refused("not_found"):
        found("stranger")


def test_from_report_to_closing(found, act, line):
    row = found()
    act("accept", "village_cadre", row)
    row = act("order", "village_cadre", row, text="立即停用，补办手续")
    assert (row.part, row.state) == ("enterprise", "rectifying")
    row = act("rectify", "principal", row, days=1, text="已停用并补办", files=[actions.Given("a.jpg", jpeg())])
    assert (row.part, row.actor_person_id) == ("tracker", line.village_cadre.person.id)
    act("verify", "village_cadre", row, days=2, text="现场已停用")
    row = act("close", "village_cadre", row, days=2)
    assert (row.state, row.part, row.due) == ("closed", None, None)
    assert list(row.events.order_by("id").values_list("kind", flat=True)) == [
        "reported", "accept", "order", "rectify", "verify", "close",
    ]  # fmt: skip
    assert AuditEvent.objects.filter(action__startswith="problem.").count() == 6
    assert row.files.get().stage == "rectify"


def test_a_file_that_is_not_what_it_says_leaves_everything_as_it_was(found, act):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    with refused("file_kind"):
        act("rectify", "principal", row, text="好了", files=[actions.Given("a.jpg", b"<script>")])
    row.refresh_from_db()
    assert row.state == "rectifying"


def test_who_did_it_does_not_verify_a_serious_one(found, act, line):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    row = act("rectify", "village_cadre", row, text="已到场督促停用")
    assert (row.part, row.actor_unit) == ("unit", VILLAGE)
    with refused("verify_own"):
        act("verify", "village_cadre", row)


def test_of_a_difficulty_who_solved_it_may_say_so(found, act):
    row = act("accept", "village_cadre", found("principal", kind="difficulty", title="缺培训师资"))
    row = act("solve", "village_cadre", row, text="已联系镇里派员")
    assert act("verify", "village_cadre", row).state == "verified"


def test_not_fixed_goes_back_to_the_enterprise(found, act):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    act("rectify", "principal", row, text="已停用")
    row = act("unfixed", "village_cadre", row, text="现场仍在使用")
    assert (row.state, row.part) == ("rectifying", "enterprise")


def test_departments_answer_and_the_leader_decides_again(in_township, act, line):
    row = act("hand", "township_officer", in_township, posts=[line.clerk.post.id], note="请核查审批")
    assert (row.part, row.actor_person_id) == ("department", line.clerk.person.id)
    assert message_to(line.clerk, "problem_turn") is not None
    with refused("not_yours"):
        act("answer", "second", row, text="我来")
    row = act("answer", "clerk", row, text="未批先建属实")
    assert (row.state, row.actor_unit) == ("accepted", TOWNSHIP)


def test_the_last_department_may_order_the_rectification(in_township, act, line):
    row = act("hand", "township_officer", in_township, posts=[line.clerk.post.id, line.head.post.id])
    with refused("not_yours"):
        act("order", "clerk", row, text="拆除")
    act("answer", "head", row, text="同意")
    assert act("order", "clerk", row, text="拆除").state == "rectifying"


def test_a_day_beyond_the_levels_own_is_refused(in_township, act, today):
    with refused("day_beyond"):
        act("order", "township_officer", in_township, text="停用", given=today + timedelta(days=8))


def test_returned_it_is_the_reporters_until_it_is_reported_again(found, act, line, today):
    row = act("give_back", "village_cadre", found("second"), text="请补照片")
    assert row.actor_person_id == line.second.person.id
    assert message_to(line.second, "problem_back").urgent
    row = act("resubmit", "second", row, text="照片已补")
    assert (row.state, row.arrived_on) == ("reported", today)


def test_up_with_what_is_missing_and_down_with_the_answer(in_township, act, line, today):
    event = in_township.events.get(kind="escalate")
    assert (event.reason, event.unit, in_township.unit) == ("authority", VILLAGE, TOWNSHIP)
    assert message_to(line.township_officer, "problem_up").urgent
    row = act("answer_down", "township_officer", in_township, days=2, text="镇执法中队到场协助")
    assert (row.unit, row.state, row.arrived_on) == (VILLAGE, "accepted", today + timedelta(days=2))
    assert row.reported_at == in_township.reported_at


def test_without_saying_what_is_missing_nothing_climbs(found, act):
    row = found()
    for reason in ("", "silence", "nonsense"):
        with refused("reason_missing"):
            act("escalate", "village_cadre", row, reason=reason)


def test_where_nobody_leads_a_level_is_passed_over(found, act, line):
    line.township_officer.post.leaderships.update(valid_to="2026-11-01")
    line.head.post.leaderships.update(valid_to="2026-11-01")
    line.township_officer.post.is_office = False
    line.township_officer.post.save()
    row = act("escalate", "village_cadre", found(), reason="means")
    assert (row.unit, row.level) == (LANSHAN, "county")


def test_silence_climbs_level_by_level_to_the_city_and_is_told_there_once(found, line, now):
    row, units = found(kind="major_hazard"), []
    for days in range(1, 30):
        actions.climb(by=line.system, now=now + timedelta(days=days))
        row.refresh_from_db()
        units += [row.unit] if row.unit not in units else []
    assert units == [VILLAGE, TOWNSHIP, LANSHAN, CITY]
    assert row.hops == 3
    assert ProblemEvent.objects.filter(problem=row, kind="overdue").count() == 1
    assert message_to(line.city_office, "problem_late").urgent


def test_climbing_twice_on_a_day_is_climbing_once(found, line, now):
    found()
    later = now + timedelta(days=5)
    assert actions.climb(by=line.system, now=later)["climbed"] == 1
    assert actions.climb(by=line.system, now=later) == {"climbed": 0, "reopened": 0, "overdue": 0}


def test_an_extension_is_granted_by_the_next_level_and_shows(found, act, line, today, now):
    row = act("accept", "village_cadre", found())
    act("ask", "village_cadre", row, wanted=today + timedelta(days=10), reason="等材料")
    row.refresh_from_db()
    assert row.decider == TOWNSHIP
    with refused("not_yours"):
        act("decide", "village_cadre", row, approve=True)
    row = act("decide", "township_officer", row, approve=True)
    assert (row.extended, row.act_on, row.decider) == (1, today + timedelta(days=10), None)
    assert actions.climb(by=line.system, now=now + timedelta(days=9))["climbed"] == 0
    with refused("extensions_used"):
        act("ask", "village_cadre", row, wanted=today + timedelta(days=12), reason="还要")


def test_a_request_does_not_stop_the_clock(found, act, line, today, now):
    row = act("accept", "village_cadre", found())
    act("ask", "village_cadre", row, wanted=today + timedelta(days=10), reason="等材料")
    actions.climb(by=line.system, now=now + timedelta(days=4))
    row.refresh_from_db()
    assert (row.unit, row.decider, row.requests.get().state) == (TOWNSHIP, None, "dropped")


def test_an_accepted_risk_reopens_by_itself(found, act, line, today, now):
    row = act("accept", "village_cadre", found(kind="other", title="通道堆物"))
    act("accept_risk", "village_cadre", row, until=today + timedelta(days=30), text="加装警示")
    assert actions.climb(by=line.system, now=now + timedelta(days=30))["reopened"] == 0
    assert actions.climb(by=line.system, now=now + timedelta(days=31))["reopened"] == 1
    row.refresh_from_db()
    assert (row.state, row.reopened, row.part) == ("reopened", 1, "unit")
    assert row.first_due == today + timedelta(days=5)


def test_a_major_hazard_is_never_an_accepted_risk(found, act, today):
    row = act("accept", "village_cadre", found(kind="major_hazard"))
    with refused("risk_never"):
        act("accept_risk", "village_cadre", row, until=today + timedelta(days=1), text="x")


def test_no_is_it_fixed_reopens_and_keeps_the_first_day(found, act):
    row = act("accept", "village_cadre", found("principal", kind="difficulty", title="缺师资"))
    act("solve", "village_cadre", row, text="已联系")
    act("verify", "village_cadre", row)
    closed = act("close", "village_cadre", row)
    row = act("reopen", "principal", closed, days=9, text="没人来")
    assert (row.state, row.reopened, row.reported_at) == ("reopened", 1, closed.reported_at)


def test_a_page_that_is_older_than_the_problem_is_told(found, act):
    row = found()
    act("note", "village_cadre", row, text="已到现场")
    with refused("problem_changed"):
        act("accept", "village_cadre", row, version=row.version)


def test_a_state_that_was_read_before_somebody_acted_is_not_written(found, act, line, now, monkeypatch):
    from anwang.features.problems.actions import turning

    row = found()
    stale = turning.find(row.id, by=line.village_cadre.actor)
    act("accept", "village_cadre", row)
    monkeypatch.setattr(turning, "find", lambda *_args, **_keys: stale)
    with refused("problem_changed"):
        act("give_back", "village_cadre", row, text="请补充")
    row.refresh_from_db()
    assert row.state == "accepted"


def test_a_running_case_keeps_the_ladder_that_it_began_under(found, act, today):
    row = found()
    kept = Ladder.objects.get()
    kept.rule["clocks"] = [[level, accept, solve + 100] for level, accept, solve in kept.rule["clocks"]]
    kept.save()
    assert act("accept", "village_cadre", row).act_on == today + timedelta(days=103)
    assert Ladder.objects.count() == 1


def test_a_major_hazard_is_put_under_supervision_by_the_county_and_a_letter_says_so(found, act, line, now):
    row = found("county_leader", kind="major_hazard", title="氨制冷机房无气体报警")
    row = act("supervise", "county_leader", row, text="三日内停产整改")
    assert row.letter.number.startswith("临应急督〔2026〕")
    assert "三日内" not in str(row.letter.facts)
    with refused("listed_already"):
        act("supervise", "county_leader", row, text="再来")


def test_a_village_does_not_put_anything_under_supervision(found, act):
    with refused("list_level"):
        act("supervise", "village_cadre", found(kind="major_hazard"), text="x")


def test_every_open_problem_has_somebody_next_and_a_day(found, act, line, now):
    rows = [found(kind=kind, title=kind) for kind in ("major_hazard", "violation", "principal", "difficulty", "other")]
    act("accept", "village_cadre", rows[1])
    act("give_back", "village_cadre", rows[2], text="x")
    actions.climb(by=line.system, now=now + timedelta(days=3))
    for row in Problem.objects.exclude(state__in=ENDED):
        assert row.part is not None
        assert row.due is not None
        assert row.actor_unit or row.actor_person_id or row.part == "enterprise"


def test_who_verifies_a_serious_one_says_what_was_seen(found, act):
    row = act("order", "village_cadre", act("accept", "village_cadre", found()), text="停用")
    act("rectify", "principal", row, text="已停用")
    with refused("text_missing"):
        act("verify", "village_cadre", row)
