"""一企一档: the light with its reasons, whose turn it is, and evaluations that come in by hand and by a sheet."""

import re
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from anwang.domain.base import Actor, Role
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.reports.cases import Kind
from anwang.domain.status import Light
from anwang.features.assignments.models import Assignment
from anwang.features.audit.models import AuditEvent
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation
from anwang.features.enterprises import actions as enterprises
from anwang.features.problems import actions as problems
from anwang.features.reports import actions as reports
from anwang.features.reports.models import Report
from anwang.features.statistics import actions
from anwang.features.statistics.models import Evaluation
from anwang.features.statistics.queries.evaluations import plan_evaluations
from anwang.features.statistics.queries.file import enterprise_file
from tests.cast import SINCE, make_enterprise
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def bound(cast, now):
    """Our enterprise led by the village cadre, with duties of now and some that fell due and were done."""
    firm, cadre = cast.enterprise, cast.village_cadre
    Assignment.objects.create(
        enterprise=firm, person=cadre.person, post=cadre.post, level="village", county=firm.county,
        township=firm.township, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    open_duties(by=cast.system, now=now - timedelta(days=30))
    open_duties(by=cast.system, now=now)
    Obligation.objects.filter(due__lt=date(2026, 11, 24)).update(done_at=now, done_on=date(2026, 10, 30))
    return cast


def seen(cast, today, who="county_leader"):
    return enterprise_file(cast.enterprise.id, by=getattr(cast, who).actor, on=today)


def score(cast, now, points, on=date(2026, 9, 30), who="county_leader"):
    data = actions.EvaluationData(on, points, "B", "示例评价机构")
    return actions.record_evaluation(by=getattr(cast, who).actor, now=now, enterprise_id=cast.enterprise.id, data=data)


def sheet(tmp_path, *rows):
    book = Workbook()
    book.active.append(["企业名称", "统一社会信用代码", "评价日期", "得分", "评定等级", "评价单位"])
    for row in rows:
        book.active.append(list(row))
    path = tmp_path / "evaluations.xlsx"
    book.save(path)
    return path.read_bytes()


def test_an_enterprise_whose_duties_are_done_is_green_with_reasons(bound, today):
    found = seen(bound, today)
    assert found.status.light is Light.GREEN
    assert "没有逾期" in str(found.status.sources[0].reasons[0])
    assert found.status.sources[2].light is Light.GREY
    assert [row.person.name for row in found.bound] == ["示例村主任"]
    assert found.duties.open


def test_an_enterprise_of_which_nothing_is_known_is_grey(cast, today):
    assert seen(cast, today).status.light is Light.GREY


def test_a_missed_duty_shows_and_what_lies_too_far_back_does_not(bound, now, today):
    old = Obligation.objects.filter(done_at__isnull=False).order_by("due").first()
    Obligation.objects.filter(id=old.id).update(done_at=None, done_on=None, miss=old.due + timedelta(days=1))
    found = seen(bound, today)
    assert found.duties.missed == 1
    assert found.status.light in {Light.YELLOW, Light.RED}
    Obligation.objects.filter(id=old.id).update(due=today - timedelta(days=200))
    assert seen(bound, today).duties.missed == 0


def test_a_low_score_turns_it_red_until_it_is_withdrawn(bound, now, today):
    row, by = score(bound, now, 40), bound.county_leader.actor
    assert seen(bound, today).status.light is Light.RED
    actions.withdraw_evaluation(by=by, now=now, evaluation_id=row.id)
    assert seen(bound, today).status.light is Light.GREEN
    with refused("evaluation_state"):
        actions.withdraw_evaluation(by=by, now=now, evaluation_id=row.id)
    actions.restore_evaluation(by=by, now=now, evaluation_id=row.id)
    assert seen(bound, today).status.light is Light.RED
    told = AuditEvent.objects.filter(action__startswith="evaluation.").order_by("id")
    assert list(told.values_list("action", flat=True)) == [
        "evaluation.record", "evaluation.withdraw", "evaluation.restore",
    ]  # fmt: skip


def test_only_the_office_of_the_place_records_and_only_what_can_be(bound, now):
    for who, code in (("village_cadre", "not_office"), ("stranger", "not_found")):
        with refused(code):
            score(bound, now, 80, who=who)
    with refused("score_range"):
        score(bound, now, 101)
    with refused("date_ahead"):
        score(bound, now, 80, on=date(2026, 11, 25))
    score(bound, now, 80)
    with refused("evaluation_twice"):
        score(bound, now, 70)


def test_an_enterprise_that_does_not_operate_is_not_judged(bound, today):
    bound.enterprise.status = "suspended"
    bound.enterprise.save()
    assert seen(bound, today).status is None
    assert "不判定安全状态" in page(bound)


def page(cast, who="county_leader"):
    return cast.sign_in(who).get(f"/enterprises/{cast.enterprise.id}/file/").content.decode()


def test_the_page_shows_light_people_and_what_is_due_in_twelve_queries(bound, now, django_assert_max_num_queries):
    score(bound, now, 70)
    browser = bound.sign_in("county_leader")
    with django_assert_max_num_queries(12):
        text = browser.get(f"/enterprises/{bound.enterprise.id}/file/").content.decode()
    for shown in ("需关注", "全要素评价 70 分", "示例村主任", "示例县长", "接下来要办", "白沙埠"):
        assert shown in text
    assert "登记评价结果" in text
    assert "登记评价结果" not in page(bound, "village_cadre")


def test_the_enterprise_page_leads_to_the_file(bound):
    text = bound.sign_in("county_leader").get(f"/enterprises/{bound.enterprise.id}/").content.decode()
    assert f"/enterprises/{bound.enterprise.id}/file/" in text


def test_an_evaluation_is_recorded_on_the_page_and_undone(bound):
    browser, path = bound.sign_in("county_leader"), f"/enterprises/{bound.enterprise.id}/evaluations/"
    wrong = browser.post(path, {"on": "2026-09-30", "score": "200"})
    assert wrong.status_code == 422
    assert 'value="200"' in wrong.content.decode()
    answer = browser.post(path, {"on": "2026-09-30", "score": "86.5"}, follow=True)
    row = Evaluation.objects.get()
    assert f"/evaluations/{row.id}/withdraw/" in answer.content.decode()
    browser.post(f"/evaluations/{row.id}/withdraw/")
    assert Evaluation.objects.get().withdrawn_at is not None
    browser.post(f"/evaluations/{row.id}/restore/")
    assert Evaluation.objects.get().withdrawn_at is None


def test_a_sheet_is_taken_over_once_and_its_errors_are_named(cast, now, today, tmp_path):
    by, firm = cast.county_leader.actor, cast.enterprise
    data = sheet(
        tmp_path,
        (firm.name, firm.credit_code, date(2026, 9, 30), 86.5, "A", "机构"),
        (firm.name, firm.credit_code, date(2026, 9, 30), 80, "", ""),
        ("没有的企业", "", date(2026, 9, 30), 80, "", ""),
        (cast.elsewhere.name, cast.elsewhere.credit_code, date(2026, 9, 30), 80, "", ""),
        (firm.name, "", date(2026, 12, 30), 80, "", ""),
        (firm.name, "", date(2026, 8, 30), 180, "", ""),
    )
    plan = plan_evaluations(data, by=by, on=today)
    codes = [[fault.reason.code for fault in each.row.faults] for each in plan.rows]
    unknown = ["enterprise_unknown"]
    assert codes == [[], ["evaluation_twice"], unknown, unknown, ["date_ahead"], ["score_range"]]
    assert not Evaluation.objects.exists()
    assert actions.import_evaluations(by=by, now=now, plan=plan)["recorded"] == 1
    again = plan_evaluations(data, by=by, on=today)
    assert again.counts["unchanged"] == 1
    actions.import_evaluations(by=by, now=now, plan=again)
    assert [str(row.score) for row in Evaluation.objects.all()] == ["86.5"]


def test_a_sheet_that_contradicts_what_is_known_is_an_error(bound, now, today, tmp_path):
    score(bound, now, 80)
    data = sheet(tmp_path, (bound.enterprise.name, bound.enterprise.credit_code, date(2026, 9, 30), 81, "", ""))
    plan = plan_evaluations(data, by=bound.county_leader.actor, on=today)
    assert [fault.reason.code for fault in plan.rows[0].row.faults] == ["evaluation_differs"]


def test_a_sheet_with_one_fault_leaves_nothing_half_done(cast, now, today, tmp_path):
    firm, by = cast.enterprise, cast.county_leader.actor
    data = sheet(tmp_path, (firm.name, firm.credit_code, date(2026, 9, 30), 80, "", ""))
    plan = plan_evaluations(data, by=by, on=today)
    score(cast, now, 70)
    with refused("evaluation_twice"):
        actions.import_evaluations(by=by, now=now, plan=plan)
    assert Evaluation.objects.count() == 1


def test_an_open_problem_shows_in_the_light_only_to_those_who_may_see_it(bound, now, today):
    data = problems.ProblemData(bound.enterprise.id, ProblemKind("major_hazard"), "粉尘涉爆除尘系统未设泄爆装置")
    problems.report(by=bound.village_cadre.actor, now=now, data=data)
    found = seen(bound, today)
    assert found.status.light is Light.RED
    assert "重大隐患" in str(found.status.reasons[0])
    assert "粉尘涉爆除尘系统" in page(bound)
    department = Actor("示例科员", frozenset({Role.DEPARTMENT}), bound.county_leader.actor.territory)
    hidden = enterprise_file(bound.enterprise.id, by=department, on=today)
    assert hidden.problems is None
    assert hidden.status.light is Light.GREEN


def located(cast, now, longitude=118.35, latitude=35.05, system="wgs84", firm=None):
    firm = firm or cast.enterprise
    values = {"longitude": longitude, "latitude": latitude, "coordinates": system}
    enterprises.correct(by=cast.county_leader.actor, now=now, enterprise_id=firm.id, values=values)
    firm.refresh_from_db()


def test_a_place_is_shown_in_every_system_with_its_source_and_those_near_it(bound, now):
    located(bound, now)
    other = make_enterprise("示例邻厂", "MA3NEAR1", bound.enterprise.place, now)
    located(bound, now, 118.35, 35.059, firm=other)
    hidden = make_enterprise("示例停产邻厂", "MA3NEAR2", bound.enterprise.place, now)
    located(bound, now, 118.351, 35.05, firm=hidden)
    type(hidden).objects.filter(id=hidden.id).update(status="closed")
    text = page(bound)
    assert 'href="geo:35.050000,118.350000"' in text
    for shown in ("GCJ-02", "BD-09", "更正资料 示例县长 · 2026-11-24", "示例邻厂", "北 1,001 米"):
        assert shown in text
    assert "示例停产邻厂" not in text
    assert not re.findall(r'(?:src|href)="https?://', text)


def test_a_located_enterprise_costs_one_query_more(bound, now, django_assert_max_num_queries):
    located(bound, now)
    browser = bound.sign_in("county_leader")
    with django_assert_max_num_queries(13):
        browser.get(f"/enterprises/{bound.enterprise.id}/file/")


def test_a_place_of_an_unknown_system_is_said_to_be_doubtful_and_opens_no_map(bound, now):
    located(bound, now, system="")
    text = page(bound)
    assert "没有注明坐标系" in text
    assert "geo:" not in text


def test_an_enterprise_without_a_place_says_so(bound):
    assert "没有登记位置" in page(bound)


def test_enterprises_of_another_territory_are_not_drawn(bound, now, today):
    located(bound, now)
    near = make_enterprise("示例邻村厂", "MA3NEAR3", 371302101202, now)
    located(bound, now, 118.351, 35.05, firm=near)
    assert [each.row.name for each in seen(bound, today).place.named] == ["示例邻村厂"]
    assert seen(bound, today, "village_cadre").place.named == ()


def reported(cast, now):
    """A report that a clerk of the county has passed on to the township."""
    reports.file_report(by=cast.system, now=now, told=reports.Told("n", cast.enterprise.id, Kind.HAZARD, "有人说的话"))
    row = Report.objects.get()
    word = row.words.get()
    by = cast.county_leader.actor
    reports.retell(by=by, now=now, report_id=row.id, word_id=word.id, text="冲压车间安全装置失效")
    return row


def test_a_report_shows_in_the_light_to_its_handler_and_to_nobody_else(bound, now, today):
    before = {who: seen(bound, today, who).status for who in ("village_cadre", "county_leader", "city_office")}
    reported(bound, now)
    handler = seen(bound, today, "township_officer").status
    assert handler.light is Light.YELLOW
    assert "1 件举报由您办理" in str(handler.reasons[0])
    for who, status in before.items():
        assert seen(bound, today, who).status == status
    assert "举报" not in "".join(str(reason) for reason in before["village_cadre"].reasons)
    assert len(before["village_cadre"].sources) == 3


def test_a_handler_who_becomes_the_supervisor_sees_the_report_no_more(bound, now, today):
    reported(bound, now)
    firm, officer = bound.enterprise, bound.township_officer
    without = seen(bound, today, "county_leader").status
    Assignment.objects.create(
        enterprise=firm, person=officer.person, post=officer.post, level="township", county=firm.county, part="joint",
        township=firm.township, valid_from=SINCE, recorded_at=now,
    )  # fmt: skip
    assert seen(bound, today, "township_officer").status == without
