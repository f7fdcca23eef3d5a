"""Tables of very many rows: written by long work in little memory, fetched by whoever asked, gone after a day."""

import os
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anwang.adapters.xlsx.writer import told
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.advice import actions as advice
from anwang.features.audit import actions as audit
from anwang.features.audit.models import AuditEvent
from anwang.features.dispatch import actions as dispatch
from anwang.features.problems import actions as problems
from anwang.features.work.actions import run_work
from anwang.features.work.models import Work
from tests.cast import TOWNSHIP
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def told_of(cast, now, today, monkeypatch):
    """A task, a notice, a problem and the roster; here every table is long work."""
    monkeypatch.setattr("anwang.features.work.actions.MANY_ROWS", -1)
    bind(cast.enterprise, cast.village_cadre, now)
    by = cast.county_leader.actor
    chosen = {"kind": "units", "units": [TOWNSHIP]}
    task = dispatch.draft(by=by, now=now, data=dispatch.TaskData("汛期", "提醒", today + timedelta(days=30), chosen))
    dispatch.issue(by=by, now=now, task_id=task.id)
    draft = advice.keep_notice(by=by, now=now, data=advice.NoticeData("通知", "全文", units=[by.unit]))
    notice = advice.issue_notice(by=by, now=now, notice_id=draft.id)
    data = problems.ProblemData(cast.enterprise.id, ProblemKind.VIOLATION, "未批先建")
    problems.report(by=cast.village_cadre.actor, now=now, data=data)
    return SimpleNamespace(task=task.id, notice=notice.id)


def written(browser, url):
    """Ask for a table, let it be written; its work."""
    answer = browser.get(url)
    work = Work.objects.get(id=answer.url.strip("/").rsplit("/", 1)[-1])
    run_work.func(str(work.id))
    work.refresh_from_db()
    assert work.state == "done", work.error_text
    return work


def cells(browser, work):
    data = b"".join(browser.get(reverse("work_file", args=[work.id])).streaming_content)
    table = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    return {str(cell) for row in table for cell in row}


@pytest.mark.parametrize(
    ("name", "key", "holds"),
    [
        ("task_export", "task", "示例镇员"),
        ("relay_export", "notice", "示例机械有限公司"),
        ("problem_export", "", "未批先建"),
        ("enterprise_export", "", "示例机械有限公司"),
    ],
)
def test_a_long_table_is_fetched_from_its_work(told_of, cast, name, key, holds):
    leader = cast.sign_in("county_leader")
    work = written(leader, reverse(name, args=[getattr(told_of, key)] if key else []))
    assert holds in cells(leader, work)
    page = leader.get(reverse("work_status", args=[work.id])).content.decode()
    assert "下载文件" in page
    assert reverse("work_file", args=[work.id]) in page


def test_the_page_that_waits_does_not_fetch_it_again_and_again(told_of, cast):
    leader = cast.sign_in("county_leader")
    work = written(leader, reverse("enterprise_export"))
    answer = leader.get(reverse("work_status", args=[work.id]), headers={"hx-request": "true"})
    assert "HX-Redirect" not in answer.headers
    assert "every 1s" not in answer.content.decode()


def test_nobody_else_fetches_it(told_of, cast):
    work = written(cast.sign_in("county_leader"), reverse("enterprise_export"))
    assert cast.sign_in("city_office").get(reverse("work_file", args=[work.id])).status_code == 404


def test_the_roster_is_narrowed_as_the_address_was_and_the_trail_keeps_it(told_of, cast):
    leader = cast.sign_in("county_leader")
    assert "示例机械有限公司" not in cells(leader, written(leader, reverse("enterprise_export") + "?q=木业"))
    assert '"rows":0' in AuditEvent.objects.get(action="roster.export").body


def test_a_day_later_it_is_gone_and_says_so(told_of, cast, now):
    leader = cast.sign_in("county_leader")
    work = written(leader, reverse("enterprise_export"))
    path = settings.MEDIA_ROOT / work.result["file"]
    old = (now - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))
    audit.sweep_files(by=cast.system, now=now)
    assert not path.exists()
    page = leader.get(reverse("work_file", args=[work.id]), follow=True).content.decode()
    assert "请重新导出" in page


def test_the_progress_is_told_as_it_goes():
    said = []
    assert list(told(iter(range(1200)), 1200, lambda *words: said.append(words[0]))) == list(range(1200))
    assert said == [0, 500, 1000]
