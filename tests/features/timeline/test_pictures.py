"""The review pack shows photos of records, photographed sheets and what was photographed of problems."""

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import docx
import pytest
from pypdf import PdfReader

from anwang.adapters import media
from anwang.adapters.handed_in import Given
from anwang.domain.documents.album import NO_PICTURE, TOO_MANY
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.audit import queries as trail
from anwang.features.duties.actions import ContactData, PhotoData, add_photo, drop_photo, record_contact, void_contact
from anwang.features.duties.models import Contact, Photo
from anwang.features.paper.models import Scan
from anwang.features.problems import actions as problems
from anwang.features.problems.models import ProblemFile
from anwang.features.timeline.actions import make_pack
from anwang.features.timeline.queries import pictures, read_enterprise
from anwang.features.timeline.queries.pictures import album_of
from tests.features.duties.pictures import jpeg
from tests.features.timeline.test_review import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def record(opened, now, today):
    """A record of the cadre; `record(channel=…)`."""

    def make(**more):
        data = ContactData(
            client_id=more.pop("client_id", uuid4()), enterprise=opened.enterprise.id,
            person=opened.village_cadre.person.id, form="on_site", occurred_on=today, on_site=True, **more,
        )  # fmt: skip
        return record_contact(by=opened.village_cadre.actor, now=now, data=data).contact

    return make


@pytest.fixture
def pictured(opened, record, now):
    """A record with two photos, one from a sheet of paper, and a problem with a photo and a letter."""
    by = opened.village_cadre.actor
    row = record()
    for seed in (1, 2):
        data = PhotoData(jpeg(seed), original_sha256=f"{seed}" * 64, taken_at=now - timedelta(hours=1))
        add_photo(by=by, now=now, contact_id=row.id, photo=data)
    paper = record(channel="paper")
    Scan.objects.create(
        id=paper.client_id, sender=opened.village_cadre.person, enterprise=opened.enterprise, received_at=now,
        path=media.keep(jpeg(7), folder="scans", suffix=".jpg"), sha256="7" * 64, filed_at=now,
    )  # fmt: skip
    files = (Given("现场.jpg", jpeg(9)), Given("说明.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"))
    data = problems.ProblemData(opened.enterprise.id, ProblemKind.VIOLATION, "应急通道堆物", files=files[:1])
    problem = problems.report(by=by, now=now, data=data)
    return row, paper, problem


@pytest.fixture
def made(opened, now):
    def make(form="docx", on=None, at=now):
        by = opened.county_leader.actor
        return make_pack(by=by, now=at, enterprise_id=opened.enterprise.id, on=on or now.date(), form=form)

    return make


def images_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sorted(name for name in archive.namelist() if name.startswith("word/media/"))


def shots(opened, on):
    return album_of(read_enterprise(opened.enterprise.id, on, by=opened.county_leader.actor), on)


def test_photos_sheets_and_evidence_stand_in_it_with_when_who_and_the_sum_of_the_original(opened, pictured, made):
    row, paper, problem = pictured
    said = text_of(made().data)
    for words in (
        "影像资料", f"{row.id}-1", f"{row.id}-2", "1" * 64, "2" * 64, "拍摄 2026-11-24 09:00", "收到 2026-11-24 10:00",
        "示例村主任", "纸质记录表的照片", f"表{paper.id}", "7" * 64, "问题的照片", f"问{problem.id}-1", "应急通道堆物",
        ProblemFile.objects.get().digest,
    ):  # fmt: skip
        assert words in said, words
    assert len(images_of(made().data)) == 4 + 1  # with the code on the cover


def test_the_pdf_holds_them_too_and_each_is_small(opened, pictured, made):
    data = made("pdf").data
    images = [image for page in PdfReader(io.BytesIO(data)).pages for image in page.images]
    sides = sorted(max(image.image.size) for image in images if image.name.lower().endswith(("jpg", "jpeg")))
    assert sides == [480, 480, 480, 640]  # a sheet is kept larger, as far as it is


def test_the_trail_of_the_pack_says_how_many(opened, pictured, made):
    made()
    event = trail.acts_on([f"enterprise:{opened.enterprise.id}"], ["review.make"])[-1]
    body = trail.body_of(event)
    assert (body["pictures"], body["listed"]) == (4, 0)


def test_a_file_that_is_gone_is_said_in_its_place_and_nothing_breaks(opened, pictured, made):
    for photo in Photo.objects.all():
        media.drop(photo.path)
    made_one = made()
    assert "其中 2 张已撤下或原件缺失" in text_of(made_one.data)
    cells = [c.text for t in docx.Document(io.BytesIO(made_one.data)).tables for r in t.rows for c in r.cells]
    assert sum("原件缺失，未能附图" in text for text in cells) == 2
    assert made("pdf").data.startswith(b"%PDF")


def test_a_broken_file_is_one_that_is_gone(opened, pictured, now):
    row = Photo.objects.order_by("id").first()
    Photo.objects.filter(id=row.id).update(path=media.keep(b"\xff\xd8\xff no", folder="photos", suffix=".jpg"))
    contents = [shot.content is None for shot in shots(opened, now.date()).shots]
    assert contents.count(True) == 1


def test_a_withdrawn_photo_says_when_it_was_withdrawn(opened, pictured, now, made):
    photo = Photo.objects.order_by("id").first()
    drop_photo(by=opened.village_cadre.actor, now=now, photo_id=photo.id)
    assert "2026-11-24 10:00 已撤下，图像已删除" in text_of(made().data)


def test_what_came_after_the_accident_or_was_taken_back_is_marked(opened, pictured, now, today):
    row, _paper, _problem = pictured
    Photo.objects.filter(contact=row, place=1).update(received_at=now + timedelta(days=2))
    void_contact(by=opened.village_cadre.actor, now=now, contact_id=row.id, reason="记错了")
    marks = {shot.number: shot.marks for shot in shots(opened, today).shots}
    assert marks[f"{row.id}-1"] == ("事故后收到", "记录已撤回")
    assert marks[f"{row.id}-2"] == ("记录已撤回",)


def test_of_too_many_those_nearest_before_the_accident_are_shown_and_the_others_listed(
    opened, pictured, now, today, monkeypatch, made
):
    monkeypatch.setattr(pictures, "MOST", 2)
    row, _paper, _problem = pictured
    Photo.objects.filter(contact=row, place=1).update(received_at=now - timedelta(days=30))
    Photo.objects.filter(contact=row, place=2).update(received_at=now + timedelta(days=1))
    found = shots(opened, today)
    assert len(found.shots) == 2
    assert {shot.number for shot, why in found.others if why == TOO_MANY} == {f"{row.id}-1", f"{row.id}-2"}
    assert "最多附 2 张，另有 2 张只列摘要值" in text_of(made().data)


def test_a_paper_among_the_evidence_is_listed_by_name(opened, pictured, today):
    ProblemFile.objects.update(kind="pdf", name="整改通知.pdf")
    (shot, why) = shots(opened, today).others[0]
    assert (why, "整改通知.pdf" in shot.what) == (NO_PICTURE, True)


def test_problems_stand_in_the_pack_as_far_as_they_were_on_the_day(opened, pictured, made, now):
    _row, _paper, problem = pictured
    later = now + timedelta(days=3)
    problems.note(by=opened.village_cadre.actor, now=later, problem_id=problem.id, text="通道已清")
    said = text_of(made(on=now.date(), at=later).data)
    assert "报告（2026-11-24 10:00）" in said
    assert "问题及办理" in said


def test_nobodys_pictures_of_elsewhere_stand_in_it(opened, pictured, now):
    stranger = read_enterprise(opened.enterprise.id, now.date(), by=opened.stranger.actor)
    assert stranger is None
    elsewhere = read_enterprise(opened.elsewhere.id, now.date(), by=opened.stranger.actor)
    assert not album_of(elsewhere, now.date()).shots


def test_a_pack_without_pictures_says_so_without_blame(opened, made):
    assert "有没有照片，记录同样有效" in text_of(made().data)


def test_the_timeline_shows_sheet_and_problem_with_links(opened, pictured, today):
    row, paper, problem = pictured
    page = opened.sign_in("county_leader").get(f"/enterprises/{opened.enterprise.id}/timeline/")
    said = page.content.decode()
    assert f"/paper/records/{paper.id}/" in said
    assert f"/paper/records/{row.id}/" not in said
    assert "报告：应急通道堆物" in said
    assert f"/problems/{problem.id}/" in said


def test_sheets_cost_the_timeline_one_query_and_only_where_there_is_paper(
    opened, pictured, django_assert_max_num_queries
):
    browser = opened.sign_in("county_leader")
    for channel, most in (("paper", 13), ("web", 12)):
        Contact.objects.update(channel=channel)
        with django_assert_max_num_queries(most):
            browser.get(f"/enterprises/{opened.enterprise.id}/timeline/")
