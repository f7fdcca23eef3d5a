"""举报: past the supervisor and the line complained of, in a clerk's words, by day."""

import re
from datetime import timedelta

import pytest

from anwang.domain.base import Level
from anwang.domain.reports.cases import Kind, State, Word
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import faults
from anwang.features.grid.models import Post
from anwang.features.grid.queries import actor_of
from anwang.features.notices.models import Message
from anwang.features.reports import actions, queries
from anwang.features.reports.actions import Told
from anwang.features.reports.models import FollowUp, Report, ReportWord, SealedIdentity
from tests.cast import CITY, LANSHAN, SINCE, TOWNSHIP
from tests.features.duties.conftest import bind
from tests.features.reports.conftest import NAME, TOLD, WORDS
from tests.refusals import refused

pytestmark = pytest.mark.django_db
EVERYBODY = ["village_cadre", "township_officer", "county_leader", "city_office", "stranger", "principal"]


def seen_by(cast, row, today):
    return {who for who in EVERYBODY if queries.report(row.id, by=getattr(cast, who).actor, day=today)}


def test_a_report_waits_for_a_clerk_of_the_office_above_and_no_handler_sees_it(bound, file, today):
    row, _ = file()
    assert (row.state, row.handler_unit, row.clerk_unit) == (State.RECEIVED, TOWNSHIP, LANSHAN)
    assert seen_by(bound, row, today) == set()
    clerks = {who for who in EVERYBODY if queries.retold_by(getattr(bound, who).actor, day=today).exists()}
    assert clerks == {"county_leader"}


def test_in_other_words_it_lies_at_the_desk_above_the_supervisor_and_nowhere_else(bound, sent, today):
    row, _ = sent
    assert (row.state, row.text) == (State.SENT, TOLD)
    assert seen_by(bound, row, today) == {"township_officer"}


@pytest.mark.parametrize(
    ("line", "desk"), [(None, TOWNSHIP), (Level.VILLAGE, TOWNSHIP), (Level.TOWNSHIP, LANSHAN), (Level.COUNTY, CITY)]
)
def test_it_is_handled_strictly_above_the_line_complained_of(file, line, desk):
    assert file(line=line)[0].handler_unit == desk


def test_people_of_the_line_complained_of_never_see_it_wherever_they_go(bound, file, now, today):
    row, _ = file(line=Level.TOWNSHIP, kind=Kind.SUPERVISOR)
    post = Post.objects.create(
        person=bound.township_officer.person, kind="county_bureau", level="county", unit=LANSHAN, county=371302,
        township=0, is_office=True, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    Report.objects.update(state=State.SENT)
    assert queries.report(row.id, by=bound.county_leader.actor, day=today)
    assert not queries.report(row.id, by=actor_of(post, user_id=None, leads=False), day=today)


def test_a_supervisor_in_the_county_sends_it_to_the_city(bound, file, now):
    bind(bound.enterprise, bound.county_leader, now, part="assist")
    row, _ = file()
    assert row.handler_unit == CITY
    assert set(row.subjects.values_list("person_id", flat=True)) >= {
        bound.county_leader.person.id, bound.village_cadre.person.id,
    }  # fmt: skip


def test_whoever_becomes_supervisor_later_loses_sight_of_it(bound, sent, now, today):
    row, _ = sent
    bind(bound.enterprise, bound.township_officer, now, part="assist")
    assert seen_by(bound, row, today) == set()
    with refused("not_found"):
        actions.accept(by=bound.township_officer.actor, now=now, report_id=row.id)


def test_whoever_holds_a_post_at_the_enterprise_too_does_not_see_it(bound, sent, now, today):
    row, _ = sent
    Post.objects.create(
        person=bound.township_officer.person, kind="principal", level="enterprise", unit=bound.enterprise.place,
        enterprise_id=bound.enterprise.id, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    assert seen_by(bound, row, today) == set()


def test_the_same_form_sent_twice_is_one_report_with_one_receipt(bound, file):
    _, first = file(nonce="1b4e28ba-2fa1-11d2-883f-0016d3cca427")
    _, again = file(nonce="1b4e28ba-2fa1-11d2-883f-0016d3cca427")
    assert first == again
    assert Report.objects.count() == 1


def test_the_receipt_is_kept_as_a_keyed_digest_only(file):
    row, code = file()
    assert len(row.code_mark) == 64
    assert code.replace("-", "") not in str(Report.objects.filter(id=row.id).values().get())


def test_an_anonymous_report_and_a_named_one_look_the_same(file):
    file()
    file(name="", phone="")
    assert len({len(bytes(row.sealed)) for row in SealedIdentity.objects.all()}) == 1


def test_copied_words_are_refused(bound, file, now):
    row, _ = file()
    told = {"report_id": row.id, "word_id": row.words.get().id}
    with refused("words_copied"):
        actions.retell(by=bound.county_leader.actor, now=now, **told, text=f"他说：{WORDS[:18]}")
    with refused("text_short"):
        actions.retell(by=bound.county_leader.actor, now=now, **told, text="坏了")


def test_only_the_clerks_put_it_into_other_words_and_only_once(bound, file, now):
    row, _ = file()
    told = {"report_id": row.id, "word_id": row.words.get().id, "text": TOLD}
    for who in ("village_cadre", "township_officer", "city_office", "stranger", "principal"):
        with refused("not_found"):
            actions.retell(by=getattr(bound, who).actor, now=now, **told)
    actions.retell(by=bound.county_leader.actor, now=now, **told)
    with refused("not_found"):
        actions.retell(by=bound.county_leader.actor, now=now, **told)


def test_the_way_of_a_report_from_acceptance_to_its_result_and_back(bound, sent, now):
    row, code = sent
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    with refused("report_state"):
        actions.close(**desk, text="已经处理完毕")
    actions.accept(**desk)
    actions.ask(**desk, text="是哪一台设备？")
    assert actions.reply(by=bound.system, now=now, code=code, words="靠东墙的那一台", unsolved=False)
    word = ReportWord.objects.filter(told_on=None).get()
    actions.retell(by=bound.county_leader.actor, now=now, report_id=row.id, word_id=word.id, text="东侧一台冲压设备")
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    actions.answer(**desk, text="已责令停用，正在修复")
    assert actions.reply(by=bound.system, now=now, code=code, words="", unsolved=True)
    row.refresh_from_db()
    assert (row.state, row.due) == (State.REOPENED, now.date() + timedelta(days=7))
    actions.accept(**desk)
    actions.close(**desk, text="已修复并复核")
    row.refresh_from_db()
    assert (row.state, row.closed_on) == (State.CLOSED, now.date())
    assert actions.reply(by=bound.system, now=now, code=code, words="还是没修", unsolved=True)
    row.refresh_from_db()
    assert (row.state, row.closed_on) == (State.REOPENED, None)
    assert ReportWord.objects.filter(kind=Word.UNSOLVED).count() == 1


def test_times_of_the_reporter_are_days(bound, file, now):
    _, code = file()
    actions.reply(by=bound.system, now=now, code=code, words="还有一件", unsolved=False)
    actions.say_retaliation(by=bound.system, now=now, code=code, retaliated=True, words="调岗了")
    events = AuditEvent.objects.filter(action__in=["report.filed", "report.said", "report.safety"])
    assert events.count() == 4
    midnight = now.replace(hour=0, minute=0)
    assert {(event.at, event.actor, event.user_id, event.post_id) for event in events} == {
        (midnight, "举报人（身份保密）", None, None)
    }
    assert not Message.objects.exists(), "a message's hour would be that of the report"
    assert list(faults()) == []


def test_a_clerk_at_the_telephone_does_not_handle_what_they_heard(bound, now, today):
    told = Told("call-1", bound.enterprise.id, Kind.HAZARD, WORDS, name=NAME)
    with refused("not_office"):
        actions.record_call(by=bound.village_cadre.actor, now=now, told=told, text=TOLD)
    code = actions.record_call(by=bound.township_officer.actor, now=now, told=told, text=TOLD).code
    row = Report.objects.get()
    assert (row.form, row.state, row.handler_unit) == ("call", State.SENT, LANSHAN)
    assert seen_by(bound, row, today) == {"county_leader"}
    assert queries.followed(code).report == row
    assert not queries.retold_by(bound.city_office.actor, day=today).exists()


def test_questions_after_retaliation_are_opened_by_the_clock_and_settled_by_the_desk(bound, sent, now):
    row, code = sent
    later = now + timedelta(days=31)
    assert actions.settle(by=bound.system, now=later)["follow_ups"] == 1
    assert actions.settle(by=bound.system, now=later)["follow_ups"] == 0
    desk = {"by": bound.township_officer.actor, "now": later, "report_id": row.id}
    first, second = FollowUp.objects.order_by("days")[:2]
    assert queries.waiting_rows(bound.township_officer.actor, day=later.date()).get() == row
    actions.say_retaliation(by=bound.system, now=later, code=code, retaliated=True)
    row.refresh_from_db()
    assert row.retaliated
    with refused("follow_settled"):
        actions.settle_follow_up(**desk, follow_up_id=second.id, note="其实还没有到期")
    actions.settle_follow_up(**desk, follow_up_id=first.id, note="已与企业核实")
    with refused("follow_settled"):
        actions.settle_follow_up(**desk, follow_up_id=first.id, note="再记一次吧")


def test_the_clock_tells_each_desk_once_a_day_without_saying_what(bound, sent, file, now):
    file()
    later = now + timedelta(days=1)
    Message.objects.all().delete()
    actions.settle(by=bound.system, now=later)
    actions.settle(by=bound.system, now=later)
    said = {(each.to_id, each.title) for each in Message.objects.all()}
    assert said == {
        (bound.township_officer.person.id, "有举报事项等您办理"),
        (bound.county_leader.person.id, "有举报内容等您改写后转办"),
    }
    assert Message.objects.count() == 2


def test_two_years_after_the_end_who_reported_is_deleted_for_good(bound, sent, now):
    row, _ = sent
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    actions.accept(**desk)
    actions.close(**desk, text="已修复并复核")
    assert actions.settle(by=bound.system, now=now + timedelta(days=730))["deleted"] == 0
    assert actions.settle(by=bound.system, now=now + timedelta(days=731))["deleted"] == 1
    assert not SealedIdentity.objects.exists()
    assert {bytes(word.sealed) for word in ReportWord.objects.all()} == {b""}
    assert actions.settle(by=bound.system, now=now + timedelta(days=731))["deleted"] == 0


def test_of_two_who_hold_the_same_page_one_is_told(bound, sent, now, monkeypatch):
    row, _ = sent
    stale = Report.objects.get(id=row.id)
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    actions.accept(**desk)
    monkeypatch.setattr("anwang.features.reports.actions.handling._mine", lambda *_: stale)
    with refused("report_state"):
        actions.accept(**desk)
    assert row.steps.filter(state=State.ACCEPTED).count() == 1


def test_other_reports_stay_where_they_are(bound, file, now, today):
    row, _ = file(enterprise=bound.elsewhere.id)
    assert row.handler_unit == CITY, "the neighbour's supervisor serves in the county"
    assert seen_by(bound, row, today) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("township_officer", "/reports/"), ("township_officer", "/reports/{id}/"), ("county_leader", "/reports/words/"),
        ("county_leader", "/reports/words/{id}/"), ("city_office", "/reports/unsealings/"),
    ],
)  # fmt: skip
def test_a_page_takes_a_bounded_number_of_queries(bound, sent, file, now, django_assert_max_num_queries, who, path):
    row, code = sent
    actions.reply(by=bound.system, now=now, code=code, words="再说一句别的", unsolved=False)
    for _ in range(3):
        file()
    browser = bound.sign_in(who)
    with django_assert_max_num_queries(12):
        assert browser.get(path.format(id=row.id)).status_code == 200


@pytest.mark.slow
def test_the_desk_works_through_its_pages(bound, sent, now):
    row, code = sent
    desk, clerk = bound.sign_in("township_officer"), bound.sign_in("county_leader")
    page = f"/reports/{row.id}/"
    assert desk.post(page + "accept/").status_code == 302
    assert desk.post(page + "ask/", {"text": "短"}).status_code == 422
    assert desk.post(page + "ask/", {"text": "是哪一台设备？"}).status_code == 302
    actions.reply(by=bound.system, now=now, code=code, words="靠东墙的那一台", unsolved=False)
    word = row.words.last()
    told = {"word": word.id, "text": "东侧一台冲压设备"}
    assert clerk.post(f"/reports/words/{row.id}/", told).status_code == 302
    said = desk.get(page).content.decode()
    assert "东侧一台冲压设备" in said
    assert not re.search(r"\d-\d\d \d\d:\d\d", said), "handlers read days"
    assert desk.post(page + "close/", {"text": "已修复并复核"}).status_code == 302
    call = {"enterprise": bound.enterprise.name, "kind": "hazard", "text": TOLD, "words": WORDS, "nonce": str(word.id)}
    assert desk.post("/reports/call/", call).status_code == 422, "a form's number is a number of ours"
    call["nonce"] = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    answer = desk.post("/reports/call/", call)
    assert answer.status_code == 201
    assert WORDS not in answer.content.decode()


def test_a_running_report_keeps_the_days_of_the_policy_that_it_came_under(bound, sent, file, now, today, revised):
    row, _ = sent
    assert (row.accept_days, row.answer_days, row.due) == (7, 30, today + timedelta(days=7))
    revised("reports.yaml", "accept_days: 7 ", "accept_days: 3 ")
    newer = revised("reports.yaml", "answer_days: 30 ", "answer_days: 10 ")
    revised("reports.yaml", "[30, 90, 180]", "[15]")
    later, _ = file()
    assert (later.accept_days, later.answer_days) == (3, 10)
    assert [each.days for each in later.follow_ups.all()] == [15]
    accepted = actions.accept(by=bound.township_officer.actor, now=now, report_id=row.id)
    assert accepted.due == today + timedelta(days=30)
    assert [each.days for each in accepted.follow_ups.order_by("days")] == [30, 90, 180]
    assert accepted.policy_version not in {later.policy_version, newer}


def test_what_was_sealed_stays_until_the_last_question_of_its_own_policy(bound, file, now, revised):
    revised("reports.yaml", "[30, 90, 180]", "[30, 1500]")
    row, _ = file()
    revised("reports.yaml", "[30, 1500]", "[30]")
    Report.objects.filter(id=row.id).update(state=State.CLOSED, closed_on=now.date())
    assert actions.settle(by=bound.system, now=now + timedelta(days=1400))["deleted"] == 0
    assert actions.settle(by=bound.system, now=now + timedelta(days=1501))["deleted"] == 1
