"""A sheet of evaluations in the browser: nothing is recorded before it was looked at, and a day long it comes back."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from anwang.adapters import media
from anwang.features.audit.models import AuditEvent
from anwang.features.audit.queries import file_faults
from anwang.features.statistics import actions
from anwang.features.statistics.models import Evaluation, EvaluationImport, SheetState
from tests.features.statistics.test_file import score, sheet
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UPLOAD = "/evaluations/import/"


@pytest.fixture
def data(cast, tmp_path):
    """One sound row and one of an enterprise that nobody knows."""
    firm = cast.enterprise
    sound = (firm.name, firm.credit_code, date(2026, 9, 30), 86.5, "A", "示例评价机构")
    return sheet(tmp_path, sound, ("没有的企业", "", date(2026, 9, 30), 80, "", ""))


@pytest.fixture
def office(cast, now, monkeypatch, django_capture_on_commit_callbacks):
    """The browser of the county's office; long work is done when a post comes back."""
    for where in ("config.access", "features.statistics.jobs"):
        monkeypatch.setattr(f"anwang.{where}.timezone.now", lambda: now)
    browser = cast.sign_in("county_leader")
    post = browser.post

    def worked(*args, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **more)

    monkeypatch.setattr(browser, "post", worked)
    return browser


def send(browser, data, name="评价.xlsx"):
    return browser.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def received(cast, now, data, who="county_leader"):
    row = actions.receive_sheet(by=getattr(cast, who).actor, now=now, data=data, filename="评价.xlsx")
    return actions.read_upload(by=getattr(cast, who).actor, now=now, import_id=row.id)


def test_a_sheet_is_looked_at_confirmed_and_taken_back_in_the_browser(office, data):
    browser = office
    assert send(browser, data).status_code == 302
    row = EvaluationImport.objects.get()
    path = f"{UPLOAD}{row.id}/"
    text = browser.get(path).content.decode()
    for shown in ("登记 1 条", "名册里没有这家企业", "没有的企业", "示例机械有限公司", "86.5"):
        assert shown in text
    assert not Evaluation.objects.exists()
    browser.post(path + "apply/")
    assert [(str(each.score), each.sheet_id) for each in Evaluation.objects.all()] == [("86.5", row.id)]
    assert "撤销导入" in browser.get(path).content.decode()
    assert browser.post(path + "undo/", follow=True).status_code == 200
    assert Evaluation.objects.get().withdrawn_at is not None
    assert "已经撤销" in browser.get(path).content.decode()
    told = AuditEvent.objects.filter(action__startswith="evaluation.").order_by("id").values_list("action", flat=True)
    assert list(told) == ["evaluation.upload", "evaluation.import", "evaluation.undo"]


def test_the_marked_workbook_says_what_is_wrong_beside_the_row(office, data, tmp_path):
    send(office, data)
    answer = office.get(f"{UPLOAD}{EvaluationImport.objects.get().id}/errors/")
    path = tmp_path / "marked.xlsx"
    path.write_bytes(answer.getvalue())
    rows = [["" if cell is None else str(cell) for cell in row] for row in load_workbook(path).active.values]
    assert any("没有的企业" in row and any("名册里没有" in cell for cell in row) for row in rows)


def test_the_empty_sheet_is_taken_as_it_comes(office):
    send(office, office.get("/evaluations/template/").getvalue(), "空.xlsx")
    row = EvaluationImport.objects.get()
    assert (row.state, row.summary["rows"]) == (SheetState.PREVIEW, 0)


@pytest.mark.parametrize("wrong", [b"", b"no workbook at all \x00\x01", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_told_and_nothing_is_kept(office, wrong):
    answer = send(office, wrong)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not EvaluationImport.objects.exists()
    assert not Evaluation.objects.exists()


def test_an_upload_is_nobody_elses(cast, now, data):
    row = received(cast, now, data)
    for path in ("", "errors/"):
        assert cast.sign_in("city_office").get(f"{UPLOAD}{row.id}/{path}").status_code == 404
    for path in ("apply/", "discard/", "undo/"):
        assert cast.sign_in("city_office").post(f"{UPLOAD}{row.id}/{path}").status_code == 404
    assert cast.sign_in("village_cadre").get(UPLOAD).status_code in {403, 404}
    with refused("not_office"):
        actions.receive_sheet(by=cast.village_cadre.actor, now=now, data=data, filename="x.xlsx")


def test_an_import_is_carried_out_once(cast, now, data):
    row, by = received(cast, now, data), cast.county_leader.actor
    actions.apply_upload(by=by, now=now, import_id=row.id)
    with refused("import_settled"):
        actions.apply_upload(by=by, now=now, import_id=row.id)
    assert Evaluation.objects.count() == 1


def test_of_two_who_confirm_at_once_one_records(cast, now, data, monkeypatch):
    """The other has read the sheet before; only the compare-and-set keeps it out."""
    row, by = received(cast, now, data), cast.county_leader.actor
    from anwang.features.statistics.actions import sheets

    real = sheets.plan_evaluations

    def late(*args, **more):
        plan = real(*args, **more)
        monkeypatch.setattr(sheets, "plan_evaluations", real)
        actions.apply_upload(by=by, now=now, import_id=row.id)
        Evaluation.objects.all().delete()  # so that the unique day does not help
        return plan

    monkeypatch.setattr(sheets, "plan_evaluations", late)
    with refused("import_settled"):
        actions.apply_upload(by=by, now=now, import_id=row.id)
    assert not Evaluation.objects.exists()


def test_what_became_known_since_the_preview_is_not_recorded_twice(cast, now, data):
    row, by = received(cast, now, data), cast.county_leader.actor
    score(cast, now, 86.5)
    done = actions.apply_upload(by=by, now=now, import_id=row.id)
    assert (done.summary["recorded"], done.summary["unchanged"]) == (0, 1)
    assert Evaluation.objects.count() == 1


def test_taking_back_leaves_what_was_recorded_by_hand_and_ends_with_the_day(cast, now, data):
    row, by = received(cast, now, data), cast.county_leader.actor
    score(cast, now, 70, on=date(2026, 8, 30))
    actions.apply_upload(by=by, now=now, import_id=row.id)
    with refused("undo_late"):
        actions.undo_upload(by=by, now=now + timedelta(hours=24, minutes=1), import_id=row.id)
    assert actions.undo_upload(by=by, now=now, import_id=row.id) == 1
    assert [str(each.score) for each in Evaluation.objects.filter(withdrawn_at__isnull=True)] == ["70.0"]
    with refused("undo_late"):
        actions.undo_upload(by=by, now=now, import_id=row.id)


def test_an_upload_given_up_or_a_day_old_leaves_no_file(cast, now, data, django_capture_on_commit_callbacks):
    by = cast.county_leader.actor
    row = received(cast, now, data)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_upload(by=by, now=now, import_id=row.id)
    assert media.fetch(row.path) is None
    old = received(cast, now, data)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_sheets(by=by, now=now + timedelta(hours=25)) == 1
    assert media.fetch(old.path) is None
    old.refresh_from_db()
    assert (old.state, old.path) == (SheetState.DISCARDED, "")
    with refused("import_settled"):
        actions.apply_upload(by=by, now=now, import_id=old.id)


def test_a_sheet_that_was_carried_out_or_given_up_names_no_file_that_is_gone(office, data):
    for end in ("apply", "discard"):
        send(office, data)
        row = EvaluationImport.objects.latest("id")
        office.post(f"{UPLOAD}{row.id}/{end}/")
        row.refresh_from_db()
        assert (row.path, media.fetch(row.path)) == ("", None)
        assert list(file_faults()) == []


def test_a_file_too_large_is_refused_before_it_is_read(office, data, monkeypatch):
    monkeypatch.setattr(settings, "MAX_UPLOAD_BYTES", 100)
    answer = send(office, data)
    assert answer.status_code == 422
    assert not EvaluationImport.objects.exists()


def test_the_pages_ask_the_database_little(cast, now, data, django_assert_max_num_queries):
    row, browser = received(cast, now, data), cast.sign_in("county_leader")
    for path in (UPLOAD, f"{UPLOAD}{row.id}/"):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200
