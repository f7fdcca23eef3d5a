"""减负自查: minutes by level from the forms, what each asks and why, what changed, and what is kept nowhere."""

import json

import pytest
from click.testing import CliRunner

from anwang.features.burden import queries
from anwang.features.burden.management import burden
from anwang.features.policies.models import PolicyVersion
from anwang.features.policies.queries import current, folder
from tests.features.duties.conftest import bind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bound(cast, now):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    return cast


def test_the_minutes_of_a_level_follow_from_its_enterprises(bound, today):
    found = queries.burden(today)
    assert [(row.level.value, row.people, row.enterprises) for row in found.levels] == [
        ("county", 1, 1.0), ("village", 1, 1.0),
    ]  # fmt: skip
    assert found.one.records == 24 + 4 + 4, "calls, visits that bundle all on-site duties, questions"
    assert 0 < found.levels[0].minutes < 5
    assert found.levels[0].minutes == found.levels[1].minutes


def test_the_command_prints_one_object(bound):
    answer = CliRunner().invoke(burden, ["--json", "--on", "2026-11-24"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert [row["level"] for row in found["levels"]] == ["county", "village"]
    assert set(found["by_duty"]) >= {"N7.2", "N7.3", "N7.7"}


def test_what_changed_is_told_against_the_version_before(now, today):
    from pathlib import Path

    from anwang.adapters.policy_files import read_policy_texts

    assert queries.since_last_version(today) is None
    files = read_policy_texts(Path(folder()))
    line = "- {code: topic, label: 会议议题, kind: text, required: true, clause: 附件4.3}"
    assert line in files["duties.yaml"]
    older = {
        **files,
        "duties.yaml": files["duties.yaml"].replace(line, line.replace("required: true", "required: false")),
    }
    shared = {"name": "x", "title": "x", "number": "x", "valid_from": today, "recorded_at": now}
    PolicyVersion.objects.create(version=current().version, files=files, **shared)
    PolicyVersion.objects.create(version="old", files=older, **shared)
    found = queries.since_last_version(today)
    assert (found.changed.added, found.changed.dropped) == ((("N7.3", "topic"),), ())
    assert found.minutes_before < queries.burden(today).one.seconds / 60


def test_a_version_of_an_older_software_is_passed_over(now, today):
    shared = {"name": "x", "title": "x", "number": "x", "valid_from": today, "recorded_at": now}
    PolicyVersion.objects.create(version="broken", files={"policy.yaml": "a: ["}, **shared)
    assert queries.since_last_version(today) is None


@pytest.mark.slow
def test_the_office_sees_the_page_and_what_each_field_is_for(bound, django_assert_max_num_queries):
    browser = bound.sign_in("city_office")
    with django_assert_max_num_queries(12):
        page = browser.get("/burden/").content.decode()
    assert "每人每周填报用时" in page
    fields = browser.get("/burden/fields/").content.decode()
    assert "会议议题" in fields
    assert "没有登记" not in fields
    assert bound.sign_in("village_cadre").get("/burden/").status_code == 404


@pytest.mark.slow
def test_everybody_may_read_what_is_not_kept(client, db):
    page = client.get("/kept/").content.decode()
    assert "不记谁登录过、登录几次、在线多久" in page
    assert "联系电话，加密保存" in page
