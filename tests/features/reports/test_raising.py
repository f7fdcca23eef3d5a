"""举报转为整改问题: the danger is removed, and nobody of the enterprise reads that it was reported."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from anwang.domain.ladder.rules import ProblemKind
from anwang.features.audit.models import AuditEvent
from anwang.features.problems.actions import ProblemData
from anwang.features.problems.models import Problem
from anwang.features.reports import actions
from anwang.features.reports.models import Report
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def data(**other):
    told = {"enterprise": 0, "kind": ProblemKind.MAJOR_HAZARD, "title": "冲压设备安全装置失效", "client_id": uuid4()}
    return ProblemData(**(told | other))


def raised(bound, row, now, **other):
    return actions.raise_problem(by=bound.township_officer.actor, now=now, report_id=row.id, data=data(**other))


def test_the_problem_is_of_the_reports_enterprise_and_followed_by_the_handler_whom_the_supervisor_cannot_be(
    bound, accepted, now
):
    made = raised(bound, accepted, now).problem
    assert (made.enterprise_id, made.unit) == (bound.enterprise.id, bound.township_officer.actor.unit)
    assert made.tracker_id == bound.township_officer.person.id != bound.village_cadre.person.id


def test_the_enterprise_and_the_supervisor_read_that_it_comes_from_above_and_nothing_of_a_report(
    bound, accepted, now, client
):
    made = raised(bound, accepted, now).problem
    for who in ("principal", "village_cadre"):
        page = bound.sign_in(who).get(reverse("problem_detail", args=[made.id])).content.decode()
        assert "上级交办" in page
        assert accepted.number not in page
        assert "举报" not in page.split("<main")[1].split("</main>")[0]


def test_a_report_is_raised_once(bound, accepted, now):
    raised(bound, accepted, now)
    with refused("report_raised"):
        raised(bound, accepted, now)
    assert Problem.objects.count() == 1


def test_a_report_that_nobody_accepted_is_not_raised(bound, sent, now):
    with refused("report_unaccepted"):
        raised(bound, sent[0], now)


def test_who_does_not_handle_it_cannot_raise_it(bound, accepted, now):
    with refused("not_found"):
        actions.raise_problem(by=bound.village_cadre.actor, now=now, report_id=accepted.id, data=data())


def test_the_number_of_another_form_does_not_tie_a_report_to_a_strangers_problem(bound, accepted, now):
    from anwang.features.problems.actions import report

    same = UUID(int=7)
    report(by=bound.village_cadre.actor, now=now, data=data(enterprise=bound.enterprise.id, client_id=same))
    with refused("not_found"):
        raised(bound, accepted, now, client_id=same)
    assert Report.objects.get(id=accepted.id).problem_id is None


def test_the_trail_does_not_lead_from_the_problem_to_the_report(bound, accepted, now):
    made = raised(bound, accepted, now).problem
    event = AuditEvent.objects.get(action="report.raised")
    assert f"problem:{made.id}" not in str(event.body)


def test_the_handler_raises_it_on_a_page_and_the_reporter_sees_that_it_is_being_mended(bound, sent, now, client):
    row, code = sent
    actions.accept(by=bound.township_officer.actor, now=now, report_id=row.id)
    handler, url = bound.sign_in("township_officer"), reverse("report_problem", args=[row.id])
    assert "上级交办" in handler.get(url).content.decode()
    told = {"kind": "major_hazard", "title": "安全装置失效", "client_id": str(uuid4())}
    assert handler.post(url, told).url == reverse("report", args=[row.id])
    assert "安全装置失效" in handler.get(reverse("report", args=[row.id])).content.decode()
    assert handler.get(url).status_code == 404
    followed = client.post(reverse("report_follow"), {"code": code}).content.decode()
    assert "企业正在按要求整改" in followed


def test_an_empty_form_says_what_is_missing_and_raises_nothing(bound, accepted):
    answer = bound.sign_in("township_officer").post(reverse("report_problem", args=[accepted.id]), {})
    assert answer.status_code == 422
    assert "请选择类型" in answer.content.decode()
    assert not Problem.objects.exists()
