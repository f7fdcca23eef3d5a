"""`anwang redlines`: the platform as it is crosses no red line, and one that does is found."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from anwang.adapters.register_files import load_register
from anwang.domain.burden.redlines import Column
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.models import User
from anwang.features.burden.management import redlines
from anwang.features.burden.queries import asking, check, events, questions
from anwang.features.burden.queries import check as check_module
from anwang.features.burden.queries.check import FOLDER
from tests.refusals import refused

TODAY = date(2026, 11, 24)


@pytest.mark.slow
def test_the_platform_crosses_no_red_line():
    assert [f"{fault.code} {fault}" for fault in check(TODAY).faults] == []


@pytest.mark.slow
def test_the_command_says_so_and_ends_with_success():
    answer = CliRunner().invoke(redlines, ["--json", "--on", "2026-11-24"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["ok"]
    assert found["columns"] > 500


@pytest.mark.slow
def test_a_column_that_measures_use_ends_the_command_with_its_code_and_place(monkeypatch):
    real = check_module.__globals__["columns"]
    monkeypatch.setitem(check_module.__globals__, "columns", lambda: [*real(), Column("home.Feedback", "login_count")])
    answer = CliRunner().invoke(redlines, ["--on", "2026-11-24"])
    assert answer.exit_code == 1
    assert "redline.column_unregistered: home.Feedback.login_count" in answer.stderr
    assert "redline.tracking: home.Feedback.login_count" in answer.stderr


@pytest.mark.slow
def test_after_its_review_day_the_register_is_a_fault():
    codes = {fault.code for fault in check(date(2030, 1, 1)).faults}
    assert codes == {"redline.review_past"}


@pytest.mark.slow
def test_switching_a_log_of_sign_ins_on_is_a_fault(settings):
    settings.AXES_DISABLE_ACCESS_LOG = False
    assert [fault.place for fault in check(TODAY).faults] == ["settings.AXES_DISABLE_ACCESS_LOG"]


def test_the_register_of_a_feature_names_file_and_place_of_what_is_wrong(tmp_path):
    (tmp_path / "_common.yaml").write_text("review: 2027-06-30\nkeep: 5 年\n", encoding="utf-8")
    for text in ("models: {Contact: {fields: {note: {why: x}}}}", "models: [", "review: soon", "tables: {}"):
        (tmp_path / "duties.yaml").write_text(text, encoding="utf-8")
        with refused("register_faulty"):
            load_register(tmp_path)


def test_every_entry_may_have_its_own_and_takes_the_rest_from_above(tmp_path):
    (tmp_path / "_common.yaml").write_text("review: 2027-06-30\nkeep: 5 年\n", encoding="utf-8")
    text = (
        "clause: 三.3\nmodels:\n  Contact:\n    use: 记录\n    fields:\n      note: 情况\n      form: {clause: 三.1}\n"
    )
    (tmp_path / "duties.yaml").write_text(text, encoding="utf-8")
    found = load_register(tmp_path).columns
    note, form = found["duties.Contact.note"], found["duties.Contact.form"]
    assert (note.clause, note.use, note.keep, note.review) == ("三.3", "情况", "5 年", date(2027, 6, 30))
    assert (form.clause, form.use) == ("三.1", "记录")


def test_every_feature_with_tables_or_forms_has_its_own_file():
    from django.apps import apps

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("anwang.features.")}
    assert {path.stem for path in FOLDER.glob("*.yaml")} <= ours | {"_common", "libraries"}


@pytest.mark.slow
def test_what_forms_add_to_themselves_and_what_pages_ask_is_found():
    found = {question.place: question for question in questions(TODAY)}
    assert found["grid.MeasureForm.unit"].required
    assert found["duties.ContactForm.occurred_on"].required
    assert not found["duties.ContactForm.place"].required
    assert found["answer.reached"].required
    assert not found["answer.problems"].required
    assert found["home:feedback.text"].required


@pytest.mark.slow
def test_kinds_of_events_are_read_from_the_source():
    found = set(events.kinds())
    assert {"contact.record", "complaint.filed", "complaint.*", "duty.waive", "user.lock"} <= found
    assert "duty.form" not in found, "the code of a refusal is no event"


def test_an_input_of_a_page_is_required_when_it_says_so():
    assert asking.REQUIRED.search('<input name="a" required>')
    assert asking.REQUIRED.search('<input name="a" required{% if x %}>')
    assert not asking.REQUIRED.search('<input name="a" data-required="x">')


@pytest.mark.django_db
@pytest.mark.slow
def test_that_somebody_signed_in_leaves_no_trace(cast, now):
    from allauth.mfa.models import Authenticator
    from axes.models import AccessLog

    user = User.objects.get(username="village_cadre")
    user.set_password("长而好记的密码2026")
    user.save()
    row = Authenticator.objects.create(user=user, type="totp", data={}, last_used_at=now)
    accounts.forget_factor_use(by=cast.system, now=now, user_id=user.id)
    row.refresh_from_db()
    assert row.last_used_at is None
    assert not hasattr(User, "last_login") or User.last_login is None
    assert AccessLog.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.slow
def test_signing_in_by_the_form_writes_no_log_of_it(cast, client):
    from axes.models import AccessLog

    from anwang.features.audit.models import AuditEvent

    user = User.objects.get(username="village_cadre")
    user.set_password("长而好记的密码2026")
    user.save()
    before = AuditEvent.objects.count()
    answer = client.post("/account/login/", {"login": "village_cadre", "password": "长而好记的密码2026"})
    assert answer.status_code == 302
    assert AccessLog.objects.count() == 0
    assert AuditEvent.objects.count() == before
