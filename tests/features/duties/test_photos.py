"""Photos of a record: always optional, seen by those who may see the record, withdrawn for good."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.domain.duties.photos import may_follow, place
from anwang.features.duties.actions import ContactData, PhotoData, add_photo, drop_photo, record_contact
from anwang.features.duties.models import Contact, Obligation, Photo
from anwang.features.duties.queries.checks import verify
from tests.adapters.test_photos import with_exif
from tests.refusals import refused

from .pages import form_of
from .pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Verify names the first few strays: none of other tests may stand before ours."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(opened, now, today):
    """A photo of the cadre's call, with a place in what the camera wrote and none that was tapped."""
    by = opened.village_cadre.actor
    data = ContactData(uuid4(), opened.enterprise.id, by.person_id, "call", today, note="检查了配电室")
    contact = record_contact(by=by, now=now, data=data).contact
    return add_photo(by=by, now=now, contact_id=contact.id, photo=PhotoData(with_exif())).photo


def test_the_camera_gives_the_time_and_never_the_place(photo):
    assert photo.taken_at.isoformat() == "2026-11-20T15:04:05+08:00"
    assert (photo.latitude, photo.longitude) == (None, None)


def test_a_photo_is_served_as_a_picture_and_as_nothing_else(opened, photo):
    for page in ("contact_photo", "contact_photo_small"):
        answer = opened.sign_in("village_cadre").get(reverse(page, args=[photo.id]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("inline; filename=")
        assert "private" in answer["Cache-Control"]
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(("who", "seen"), [("township_officer", 200), ("principal", 200), ("stranger", 404)])
def test_who_may_see_the_record_sees_its_photos(opened, photo, who, seen):
    assert opened.sign_in(who).get(reverse("contact_photo", args=[photo.id])).status_code == seen
    assert opened.sign_in(who).get(reverse("contact_detail", args=[photo.contact_id])).status_code == seen


def test_a_photo_that_is_withdrawn_is_deleted(opened, photo, settings, django_capture_on_commit_callbacks):
    client, kept = opened.sign_in("village_cadre"), Path(settings.MEDIA_ROOT) / photo.path
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("contact_photo_drop", args=[photo.id]))
    assert not kept.exists()
    assert client.get(reverse("contact_photo", args=[photo.id])).status_code == 404
    row = Photo.objects.get()
    assert (row.path, row.thumb, row.place, row.sha256) == ("", "", None, photo.sha256)
    assert verify(on=row.received_at.date())["media"] == []


def test_a_photo_is_withdrawn_once_and_by_whom_it_concerns(opened, photo, now):
    with refused("not_found"):
        drop_photo(by=opened.stranger.actor, now=now, photo_id=photo.id)
    with refused("not_yours"):
        drop_photo(by=opened.principal.actor, now=now, photo_id=photo.id)
    drop_photo(by=opened.village_cadre.actor, now=now, photo_id=photo.id)
    with refused("photo_gone"):
        drop_photo(by=opened.village_cadre.actor, now=now, photo_id=photo.id)


def test_others_add_no_photo(opened, photo, now):
    for who, code in (("stranger", "not_found"), ("principal", "not_yours")):
        with refused(code):
            add_photo(by=getattr(opened, who).actor, now=now, contact_id=photo.contact_id, photo=PhotoData(jpeg(2)))


def test_without_script_the_plain_form_carries_the_photos(opened, today):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    page = f"{reverse('contact_new')}?enterprise={opened.enterprise.id}"
    client = opened.sign_in("village_cadre")
    assert 'enctype="multipart/form-data"' in client.get(page + "&form=call").content.decode()
    bad = SimpleUploadedFile("b.jpg", b"<svg/>")
    fields = form_of(today, row.id, rules=["N7.2"], photos=[SimpleUploadedFile("a.jpg", jpeg(1)), bad])
    text = client.post(page, fields, follow=True).content.decode()
    assert "有照片没有添加" in text
    assert Contact.objects.get().photos.count() == 1
    assert "照片 1" in text


def test_photos_are_added_on_the_page_of_the_record(opened, photo):
    client = opened.sign_in("village_cadre")
    files = [SimpleUploadedFile("a.jpg", jpeg(5)), SimpleUploadedFile("b.jpg", jpeg(6))]
    client.post(reverse("contact_photo_add", args=[photo.contact_id]), {"photos": files})
    assert Photo.objects.count() == 3


def test_the_page_of_a_record_takes_few_queries(opened, photo, now, django_assert_max_num_queries):
    for seed in range(8):
        add_photo(by=opened.village_cadre.actor, now=now, contact_id=photo.contact_id, photo=PhotoData(jpeg(seed)))
    client = opened.sign_in("village_cadre")
    client.get(reverse("contact_detail", args=[photo.contact_id]))
    with django_assert_max_num_queries(12):
        client.get(reverse("contact_detail", args=[photo.contact_id]))


def test_verify_names_a_missing_file_and_a_stray_one(photo, settings, today, now):
    folder = Path(settings.MEDIA_ROOT)
    (folder / photo.path).rename(folder / "photos" / "stray.jpg")
    later = now + timedelta(days=400)
    found = [(fault.code, fault.text) for fault in verify(on=today, now=later)["media"]]
    assert any(code == "media_missing" and photo.path in text for code, text in found)
    assert any(code == "media_stray" and "photos/stray.jpg" in text for code, text in found)
    (folder / "photos" / "stray.jpg").rename(folder / photo.path)


def test_how_many_and_until_when_is_one_rule(now):
    assert may_follow(now, now, void=False, kept=8)
    assert may_follow(now, now, void=False, kept=9).reasons[0].code == "photo_many"
    assert may_follow(now, now + timedelta(days=32), void=False, kept=0).reasons[0].code == "photo_late"
    assert may_follow(now, now, void=True, kept=0).reasons[0].code == "contact_void"


def test_a_place_is_whole_or_none():
    assert place(35.0512345, 118.3) == (35.05123, 118.3)
    assert place(35.05, None) == place(None, 118.3) == place(95.0, 1.0) == (None, None)
