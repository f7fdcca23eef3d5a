"""The reporter's pages: no account, no script, little to load; wrong codes answer like right ones."""

import re
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from anwang.adapters import media
from anwang.domain.calendar import SHANGHAI
from anwang.domain.reports.cases import State
from anwang.domain.reports.codes import written
from anwang.features.assignments.models import Posting
from anwang.features.documents.actions import Issue, issue
from anwang.features.reports import actions, queries
from anwang.features.reports.models import Report, ReportWord
from tests.features.reports.conftest import NAME, PHONE, WORDS

pytestmark = pytest.mark.django_db
CODE = re.compile(r'id="code">([^<]+)<')


@pytest.fixture
def page(bound):
    return f"/report/at/{bound.enterprise.credit_code}/"


def sent_form(**other):
    return {"kind": "hazard", "words": WORDS, "line": "", "name": NAME, "phone": PHONE, "nonce": str(uuid4())} | other


@pytest.mark.slow
def test_the_sheets_code_leads_to_its_enterprise(bound, now):
    bond = bound.enterprise.assignments.get()
    rows = [Issue(f"posting:{bond.id}", "公示牌", bound.enterprise.place)]
    paper = issue(by=bound.system, now=now, kind="posting", pattern="{year}-{number}", rows=rows)[0]
    Posting.objects.create(assignment=bond, document=paper, created_at=now)
    browser = Client()
    link = f"/report/at/{paper.token}/"
    assert link in browser.get(f"/v/{paper.token}/").content.decode()
    assert bound.enterprise.name in browser.get(link).content.decode()
    assert browser.get("/report/", {"key": paper.token.lower()})["Location"] == f"/report/at/{paper.token.lower()}/"


@pytest.mark.parametrize("key", ["nothing", "A" * 16, "9" * 18, "%00", "😀"])
def test_an_unknown_code_says_what_to_do(bound, key):
    answer = Client().get(f"/report/at/{key}/")
    assert answer.status_code == 404
    assert "12350" in answer.content.decode()


def test_the_national_line_is_the_policys(bound, revised):
    revised("disclosure.yaml", '"12350" ', '"12399" ')
    for path in ("/report/", "/report/at/nothing/", "/report/follow/"):
        said = Client().get(path).content.decode()
        assert "12350" not in said
        assert 'href="tel:12399"' in said


@pytest.mark.parametrize("path", ["/report/", "/report/follow/", "page"])
def test_a_page_is_small_and_brings_nothing_else(page, path):
    answer = Client().get(page if path == "page" else path)
    said = answer.content.decode()
    assert len(answer.content) < 30_000
    assert not re.findall(r'(?:src|href)="(?!/report|data:,|tel:)[^"]*"', said)
    assert answer["Cache-Control"] == "no-store, private"
    assert set(answer.cookies) <= {"csrftoken"}
    assert "<script" not in said
    nonce = re.search(r'<style nonce="([^"]+)">', said)[1]
    assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"], "without it the page has no form"


def test_a_report_needs_only_what_happened_and_gives_a_receipt(page, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        answer = Client().post(page, sent_form(name="", phone=""))
    assert answer.status_code == 201
    code = CODE.search(answer.content.decode())[1]
    assert queries.by_code(code) == Report.objects.get()
    assert set(answer.cookies) <= {"csrftoken"}


def test_a_forged_post_is_refused(page):
    assert Client(enforce_csrf_checks=True).post(page, sent_form()).status_code == 403
    assert not Report.objects.exists()


def test_what_is_missing_is_said_and_what_was_written_stays(page):
    answer = Client().post(page, sent_form(kind=""))
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Report.objects.exists()


def test_a_machine_that_fills_the_hidden_field_files_nothing_and_sees_no_difference(page):
    answer = Client().post(page, sent_form(website="spam"))
    assert answer.status_code == 201
    assert CODE.search(answer.content.decode())
    assert not Report.objects.exists()


def test_photos_are_kept_sealed_and_without_place_and_hour(page, bound, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(page, sent_form(photos=SimpleUploadedFile("俺拍的.jpg", with_place(), "image/jpeg")))
    row = Report.objects.get()
    photo = row.photos.get()
    kept = media.fetch(photo.path)
    assert b"\xff\xd8\xff" not in kept[:64]
    written = datetime.fromtimestamp((Path(settings.MEDIA_ROOT) / photo.path).stat().st_mtime, SHANGHAI)
    assert written == datetime.combine(now.date(), time(0), tzinfo=SHANGHAI), "the hour stands on the disk"
    assert "俺" not in photo.path
    clear = queries.photo(row.id, photo.id, by=bound.county_leader.actor, day=now.date())
    assert dict(Image.open(BytesIO(clear)).getexif()) == {}
    assert queries.photo(row.id, photo.id, by=bound.township_officer.actor, day=now.date()) is None


def with_place():
    exif = Image.Exif()
    exif[0x0110] = "Canary Phone"
    exif.get_ifd(0x8825)[2] = (35.0, 1.0, 1.0)
    out = BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("files", [[b"<svg/>"], [b"x"] * 4])
def test_bad_files_are_told_and_nothing_is_kept(page, files):
    sent = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(files)]
    answer = Client().post(page, sent_form(photos=sent))
    assert answer.status_code == 422
    assert not Report.objects.exists()


@pytest.mark.slow
def test_past_the_limit_a_sum_is_asked_and_nobody_is_locked_out(page):
    browser = Client()
    for _ in range(actions.FORMS_MOST):
        assert browser.post(page, sent_form()).status_code == 201
    answer = browser.post(page, sent_form())
    assert answer.status_code == 422
    said = answer.content.decode()
    first, second = map(int, re.search(r"(\d+) \+ (\d+) =", said).groups())
    asked = re.search(r'name="asked" value="([^"]+)"', said)[1]
    solved = sent_form(asked=asked, total=first + second)
    assert browser.post(page, solved).status_code == 201
    assert browser.post(page, solved | {"nonce": str(uuid4())}).status_code == 422, "a sum counts once"
    assert browser.post(page, sent_form(), REMOTE_ADDR="10.9.9.9").status_code == 201


def test_no_address_is_kept(page):
    Client().post(page, sent_form(), REMOTE_ADDR="203.0.113.77")
    assert "203.0.113.77" not in repr(getattr(cache, "_cache", {}))


# ── following ────────────────────────────────────────────────────────────────────────────────────


def ask(code, **more):
    browser = Client()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = browser.post("/report/follow/", {"code": code, **more})
    return answer, len(seen)


def test_a_wrong_code_answers_like_a_right_one(sent, bound, now):
    row, code = sent
    wrong = written(b"\x07" * 10)
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    answers = [ask(code), ask(wrong), ask("nonsense")]
    actions.accept(**desk)
    actions.ask(**desk, text="是哪一台设备？")
    answers.append(ask(code))
    actions.close(**desk, text="已修复并复核，现场照片已存档")
    answers.append(ask(code))
    assert {answer.status_code for answer, _ in answers} == {200}
    assert {len(answer.content) for answer, _ in answers} == {12288}
    assert len({queries for _, queries in answers}) == 1
    forms = {answer.content.decode().count("<form") for answer, _ in answers}
    assert forms == {2}
    heads = {tuple((k, v) for k, v in answer.headers.items() if "Policy" not in k) for answer, _ in answers}
    assert len(heads) == 1


def test_a_mistyped_code_is_told_so_whatever_reports_there_are(sent):
    _, code = sent
    typo = code[:-1] + ("7" if code[-1] != "7" else "8")
    assert "抄错了一处" in ask(typo)[0].content.decode()
    assert "抄错了一处" not in ask(written(b"\x07" * 10))[0].content.decode()


def test_the_reporter_reads_the_answer_speaks_again_and_opens_it_again(sent, bound, now):
    row, code = sent
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    actions.accept(**desk)
    actions.close(**desk, text="已责令停用并修复")
    said = ask(code.lower().replace("-", " "))[0].content.decode()
    assert "已责令停用并修复" in said
    assert WORDS not in said
    answer, _ = ask(code, act="unsolved", words="俺昨个去看还是老样子")
    assert "已收到" in answer.content.decode()
    assert "俺昨个" not in answer.content.decode()
    row.refresh_from_db()
    assert row.state == State.REOPENED
    ask(code, act="harmed", words="班长让俺去扫厕所")
    row.refresh_from_db()
    assert row.retaliated
    assert ReportWord.objects.filter(told_on=None).count() == 2


def test_speaking_with_a_wrong_code_changes_nothing(sent):
    answer, _ = ask(written(b"\x07" * 10), act="unsolved", words="x")
    assert answer.status_code == 200
    assert "已收到" not in answer.content.decode()
    assert ReportWord.objects.count() == 1


@pytest.mark.slow
def test_many_wrong_codes_never_lock_out_the_right_one(sent):
    _, code = sent
    for number in range(60):
        ask(written(number.to_bytes(10)))
    right, wrong = ask(code)[0], ask(written(b"\x07" * 10))[0]
    assert right.status_code == wrong.status_code == 422, "past the limit both are asked for a sum"
    said = right.content.decode()
    first, second = map(int, re.search(r"(\d+) \+ (\d+) =", said).groups())
    asked = re.search(r'name="asked" value="([^"]+)"', said)[1]
    solved = ask(code, asked=asked, total=first + second)[0]
    assert solved.status_code == 200
    assert "已转给办理人" in solved.content.decode()
