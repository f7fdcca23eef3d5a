"""`anwang duties open` and `anwang verify`: what they say, and that verify finds what is wrong."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from anwang.domain.base import SYSTEM
from anwang.features.assignments.models import Assignment
from anwang.features.audit.models import AuditEvent
from anwang.features.duties.management import duties, verify
from anwang.features.duties.models import Obligation, Tally
from anwang.features.policies.actions import keep_version
from anwang.features.policies.models import PolicyVersion

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(command, *arguments):
    result = CliRunner().invoke(command, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout), result.stderr


@pytest.fixture
def clock(monkeypatch, now):
    monkeypatch.setattr("anwang.features.duties.management.group.clock", lambda: now)


def test_open_names_what_it_opened_by_period(bound, clock, today):
    Assignment.objects.filter(enterprise=bound.elsewhere).delete()
    code, data, _ = run(duties, "open", "--on", "2026-11-24")
    assert code == 0
    assert data["by_period"] == {"2026": 1, "2026H2": 1, "2026Q4": 3, "2026-11B": 1}
    assert (data["opened"], data["without_lead"], data["on"]) == (6, 1, "2026-11-24")
    assert run(duties, "open", "--on", "2026-11-24")[1]["opened"] == 0


def test_a_sound_database_is_verified(opened):
    code, data, errors = run(verify, "--on", "2026-11-24")
    assert (code, data["ok"], data["faults"], errors) == (0, True, [], "")
    assert set(data["checks"]) == {"sums", "chains", "records", "orphans", "policies", "media"}


def spoil_tally():
    Tally.objects.filter(rule="N7.2").update(done=1)


def spoil_chain():
    AuditEvent.objects.filter(seq=1).update(actor="别人")


def spoil_record():
    row = Obligation.objects.filter(rule="N7.3").first()
    Obligation.objects.filter(id=row.id).update(done_at=row.opened_at, done_on=row.start)


def spoil_policy():
    row, _ = keep_version(by=SYSTEM, now=timezone.now())
    text = row.files["duties.yaml"]
    PolicyVersion.objects.filter(id=row.id).update(files={**row.files, "duties.yaml": text.replace("N7.2", "N7.9")})


def spoil_lead():
    Assignment.objects.all().delete()


@pytest.mark.parametrize(
    ("spoil", "check", "code"),
    [
        (spoil_tally, "sums", "tally_differs"),
        (spoil_chain, "chains", "audit_broken"),
        (spoil_record, "records", "done_without_record"),
        (spoil_lead, "orphans", "duty_without_lead"),
        (spoil_lead, "orphans", "enterprise_without_lead"),
        (spoil_policy, "policies", "policy_changed"),
    ],
)
def test_what_is_wrong_is_named_and_ends_with_one(opened, spoil, check, code):
    spoil()
    exit_code, data, errors = run(verify, "--on", "2026-11-24")
    assert exit_code == 1
    assert data["checks"][check] > 0
    assert code in {fault["code"] for fault in data["faults"]}
    assert code in errors


def test_verify_reads_only(opened):
    with connection.execute_wrapper(_refuse_writes):
        assert run(verify, "--on", "2026-11-24")[0] == 0


def _refuse_writes(execute, sql, params, many, context):
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)
