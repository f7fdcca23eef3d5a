"""What a telephone sends, once or often, in whole or in parts: the protocol of docs/explanation/offline.md."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anwang.features.assignments.models import Assignment
from anwang.features.duties.models import Contact, Obligation, Photo
from anwang.features.duties.queries import tally_faults

from .conftest import bind
from .pages import form_of
from .pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
JSON = {"accept": "application/json"}


def file(seed=1, name="照片.jpg"):
    return SimpleUploadedFile(name, jpeg(seed), content_type="image/jpeg")


@pytest.fixture
def page(opened):
    return f"{reverse('contact_new')}?enterprise={opened.enterprise.id}"


@pytest.fixture
def phone(opened):
    """The cadre's telephone."""
    return opened.sign_in("village_cadre")


@pytest.fixture
def call(opened, today):
    """The half-month call as the form sends it."""
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    return form_of(today, row.id, rules=["N7.2"], note="检查了配电室")


def send(phone, page, fields, *photos, meta=()):
    return phone.post(page, {**fields, "photos": list(photos), "photo_meta": list(meta)}, headers=JSON)


def album(client_id):
    return reverse("contact_photos", args=[client_id])


def test_a_record_with_photos_is_kept_and_says_how(phone, page, call):
    answer = send(phone, page, call, file(1), file(2))
    body = answer.json()
    assert (answer.status_code, body["ok"], body["status"]) == (201, True, "created")
    assert body["url"] == reverse("contact_detail", args=[Contact.objects.get().id])
    assert [each["status"] for each in body["photos"]] == ["created", "created"]
    assert body["photos"][0]["sha256"] == sha256(jpeg(1)).hexdigest()


def test_the_same_record_again_is_the_same_record(phone, page, call):
    first = send(phone, page, call, file(1)).json()
    again = send(phone, page, call, file(1))
    assert (again.status_code, again.json()["status"], again.json()["id"]) == (200, "same", first["id"])
    assert (Contact.objects.count(), Photo.objects.count()) == (1, 1)
    assert tally_faults() == []


def test_a_lost_answer_and_a_clock_that_moved_on_change_nothing(phone, page, call, now, freeze):
    call["captured_at"] = now.isoformat()
    send(phone, page, {**call, "sent_at": now.isoformat()})
    freeze(now + timedelta(days=9))
    again = send(phone, page, {**call, "sent_at": (now + timedelta(days=9)).isoformat()})
    assert (again.status_code, again.json()["status"]) == (200, "same")


def test_the_same_id_with_other_words_names_every_difference(phone, page, call):
    first = send(phone, page, call).json()
    other = {**call, "note": "另一份", "answer_reached": "no"}
    answer = send(phone, page, other)
    body = answer.json()
    assert (answer.status_code, body["code"], body["id"]) == (409, "record_differs", first["id"])
    found = {each["field"]: (each["label"], each["kept"], each["sent"]) for each in body["differences"]}
    assert found["note"] == ("情况记录", "检查了配电室", "另一份")
    assert found["reached"] == ("是否联系上", "是", "否")
    assert Contact.objects.get().note == "检查了配电室"


def test_a_photo_that_cannot_be_used_does_not_lose_the_record(phone, page, call):
    bad = SimpleUploadedFile("a.jpg", b"<svg/>", content_type="image/jpeg")
    body = send(phone, page, call, file(1), bad, file(2)).json()
    assert [each["status"] for each in body["photos"]] == ["created", "refused", "created"]
    assert body["photos"][1]["code"] == "photo_kind"
    assert "JPG" in body["photos"][1]["message"]
    assert Contact.objects.get().photos.count() == 2


def test_what_is_missing_is_named_field_by_field(phone, page, call):
    answer = send(phone, page, {**call, "answer_reached": ""})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"]["answer_reached"] == ["请填写“是否联系上”"]
    assert Contact.objects.count() == 0


def test_who_is_signed_out_is_told_so_in_json(opened, page, call):
    answer = Client().post(page, call, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert answer.json()["url"] == reverse("account_login")


def test_a_stale_page_is_told_so_in_json(opened, page, call):
    client = Client(enforce_csrf_checks=True)
    client.force_login(opened.village_cadre.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(page, call, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert answer.json()["message"]


def test_who_must_change_the_password_is_told_so_in_json(opened, phone, page, call):
    opened.village_cadre.user.must_change = True
    opened.village_cadre.user.save(update_fields=["must_change"])
    answer = phone.post(page, call, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "password_first")


def test_an_enterprise_of_elsewhere_is_not_found_in_json(opened, phone, call):
    answer = phone.post(f"{reverse('contact_new')}?enterprise={opened.elsewhere.id}", call, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_too_much_at_once_is_refused_with_the_limit(phone, page, call, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = send(phone, page, call, file(1))
    assert (answer.status_code, answer.json()["code"], answer.json()["max_bytes"]) == (413, "too_large", 1000)
    assert Contact.objects.count() == 0


def test_photos_follow_one_by_one_and_only_what_is_missing_is_sent(phone, page, call):
    send(phone, page, call)
    ids = [str(uuid4()) for _ in range(5)]
    where = album(call["client_id"])
    for number in (0, 1):
        assert phone.post(where, {"photo": file(number), "photo_id": ids[number]}).status_code == 201
    bad = phone.post(where, {"photo": SimpleUploadedFile("x.jpg", jpeg(2)[:900]), "photo_id": ids[2]})
    assert (bad.status_code, bad.json()["code"]) == (422, "photo_damaged")
    there = phone.get(where).json()
    assert [each["id"] for each in there["photos"]] == ids[:2]
    assert there["room"] == 7
    for number in (2, 3, 4):
        phone.post(where, {"photo": file(number), "photo_id": ids[number]})
    again = phone.post(where, {"photo": file(4), "photo_id": ids[4]})
    assert (again.status_code, again.json()["status"]) == (200, "same")
    assert [each["id"] for each in phone.get(where).json()["photos"]] == ids


def test_the_same_bytes_under_another_id_are_the_same_photo(phone, page, call):
    send(phone, page, call)
    where = album(call["client_id"])
    first = phone.post(where, {"photo": file(1), "photo_id": str(uuid4())}).json()
    again = phone.post(where, {"photo": file(1), "photo_id": str(uuid4())})
    assert (again.status_code, again.json()["key"]) == (200, first["key"])


def test_other_bytes_under_the_same_id_are_a_conflict(phone, page, call):
    send(phone, page, call)
    where, key = album(call["client_id"]), str(uuid4())
    phone.post(where, {"photo": file(1), "photo_id": key})
    answer = phone.post(where, {"photo": file(2), "photo_id": key})
    assert (answer.status_code, answer.json()["code"]) == (409, "photo_differs")


def test_a_photo_before_its_record_waits(phone):
    answer = phone.post(album(uuid4()), {"photo": file(1)})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_tenth_photo_is_one_too_many(phone, page, call):
    send(phone, page, call, *(file(n) for n in range(9)))
    answer = phone.post(album(call["client_id"]), {"photo": file(10)})
    assert (answer.status_code, answer.json()["code"]) == (409, "photo_many")


def test_photos_of_a_withdrawn_record_or_after_a_month_come_too_late(opened, phone, page, call, now, freeze):
    send(phone, page, call)
    freeze(now + timedelta(days=32))
    late = opened.sign_in("village_cadre").post(album(call["client_id"]), {"photo": file(1)})
    assert (late.status_code, late.json()["code"]) == (409, "photo_late")
    freeze(now)
    phone.post(reverse("contact_undo", args=[Contact.objects.get().id]))
    void = phone.post(album(call["client_id"]), {"photo": file(1)})
    assert void.json()["code"] == "contact_void"


def test_a_place_is_kept_only_when_it_was_tapped(phone, page, call):
    told = {"id": str(uuid4()), "latitude": 35.051234567, "longitude": 118.35, "taken_at": "2026-11-24T09:58:00+08:00"}
    send(phone, page, call, file(1), file(2), meta=[json.dumps(told), "{}"])
    placed, bare = Photo.objects.order_by("place")
    assert (placed.latitude, placed.longitude, str(placed.client_id)) == (35.05123, 118.35, told["id"])
    assert placed.taken_at == datetime.fromisoformat(told["taken_at"])
    assert (bare.latitude, bare.longitude, bare.taken_at) == (None, None, None)


@pytest.mark.parametrize(("latitude", "longitude"), [("nan", "1"), ("95", "1"), ("1", ""), ("x", "y"), ("inf", "1")])
def test_half_a_place_or_none_on_earth_is_no_place(phone, page, call, latitude, longitude):
    send(phone, page, call)
    where = {"photo": file(1), "latitude": latitude, "longitude": longitude}
    assert phone.post(album(call["client_id"]), where).status_code == 201
    assert Photo.objects.get().latitude is None


@pytest.mark.parametrize("said", ["[]", "no json", '{"id": "7"}', '{"original_sha256": "zz"}'])
def test_what_is_said_of_a_photo_must_be_readable(phone, page, call, said):
    body = send(phone, page, call, file(1), meta=[said]).json()
    assert body["photos"][0]["code"] == "photo_meta"
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=5 * 365), -timedelta(days=400)])
def test_a_clock_that_is_off_is_put_right_by_what_it_says_when_it_sends(phone, page, call, now, off):
    made, sent = now - timedelta(hours=3) + off, now + off
    send(phone, page, {**call, "captured_at": made.isoformat(), "sent_at": sent.isoformat()})
    row = Contact.objects.get()
    assert (row.captured_at, row.device_at, row.clock_note) == (
        now - timedelta(hours=3),
        made,
        "duty.capture.corrected",
    )
    assert row.clock_error == -off.total_seconds()
    text = phone.get(reverse("contact_detail", args=[row.id])).content.decode()
    assert "设备时钟不准" in text


@pytest.mark.parametrize(
    ("off", "note"), [(timedelta(days=2), "duty.capture.future"), (-timedelta(days=60), "duty.capture.old")]
)
def test_a_time_that_cannot_be_is_kept_and_marked_as_doubtful(phone, page, call, now, off, note):
    send(phone, page, {**call, "captured_at": (now + off).isoformat()})
    row = Contact.objects.get()
    assert (row.captured_at, row.device_at, row.clock_note) == (now, now + off, note)


@pytest.mark.parametrize(
    "said", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59Z", "gestern", "2026-11-24T10:00:00"]
)
def test_a_clock_of_nonsense_is_no_clock(phone, page, call, now, said):
    assert send(phone, page, {**call, "captured_at": said, "sent_at": said}).status_code == 201
    assert Contact.objects.get().captured_at == now


def test_the_last_second_of_a_half_month_counts_when_it_is_sent_at_the_end_of_the_window(phone, page, opened, freeze):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    last = datetime.fromisoformat(f"{row.due}T23:59:59+08:00")
    fields = form_of(row.due, row.id, rules=["N7.2"], captured_at=last.isoformat())
    arrives = datetime.fromisoformat(f"{row.miss - timedelta(days=1)}T23:59:59+08:00")
    freeze(arrives)
    answer = send(phone, page, {**fields, "sent_at": arrives.isoformat()})
    assert answer.status_code == 201
    row.refresh_from_db()
    assert (row.late, row.done_on) == (False, row.due)


def test_one_second_later_it_is_late_and_asks_why(phone, page, opened, freeze):
    row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
    after = datetime.fromisoformat(f"{row.due + timedelta(days=1)}T00:00:00+08:00")
    freeze(after)
    fields = form_of(row.due, row.id, rules=["N7.2"], captured_at=after.isoformat(), sent_at=after.isoformat())
    answer = send(phone, page, fields)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["late_reason"])
    assert send(phone, page, {**fields, "late_reason": "山里没有信号"}).status_code == 201
    row.refresh_from_db()
    assert row.late is True


def test_who_has_handed_the_enterprise_over_can_still_send_what_was_done_before(opened, page, phone, call, now, freeze):
    Assignment.objects.filter(enterprise=opened.enterprise).update(valid_to=(now + timedelta(days=2)).date())
    bind(opened.enterprise, opened.township_officer, now, since=(now + timedelta(days=2)).date())
    freeze(now + timedelta(days=5))
    answer = send(phone, page, {**call, "captured_at": now.isoformat(), "late_reason": "没有网络"})
    assert answer.status_code == 201
    assert Contact.objects.get().person_id == opened.village_cadre.person.id
    later = form_of((now + timedelta(days=4)).date(), rules=[], note="移交之后")
    assert send(phone, page, later).json()["code"] == "not_yours"
