"""Photos of sheets come back: each is one record, however often it is sent or opened (B9)."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from anwang.adapters import media
from anwang.adapters.qr import qr_png
from anwang.domain.base import Refusal
from anwang.features.duties.models import Contact
from anwang.features.paper import queries
from anwang.features.paper.actions import choose, drop_scan, file_scans, receive_scans
from anwang.features.paper.models import Scan
from anwang.features.paper.queries import Code
from tests.features.duties.records import answers_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def photo(text="", shade=255):
    page = Image.new("RGB", (900, 1200), (shade, shade, shade))
    if text:
        page.paste(Image.open(BytesIO(qr_png(text, scale=6, border=2))).convert("RGB"), (60, 900))
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def sheet(opened, today):
    code = Code(opened.enterprise.id, opened.village_cadre.person.id, today)
    return photo(code.url)


def _received(opened, now, *files, who="village_cadre"):
    named = [(f"{n}.jpg", data) for n, data in enumerate(files)]
    return receive_scans(by=getattr(opened, who).actor, now=now, files=named)


def test_a_photographed_sheet_knows_its_enterprise_and_its_supervisor(opened, now, sheet):
    [done] = _received(opened, now, sheet)
    assert (done.scan.enterprise_id, done.scan.person_id) == (opened.enterprise.id, opened.village_cadre.person.id)
    assert media.fetch(done.scan.path)[:2] == b"\xff\xd8"


def test_the_same_photo_comes_once(opened, now, sheet):
    _received(opened, now, sheet)
    [again] = _received(opened, now, sheet)
    assert again.again
    assert Scan.objects.count() == 1


def test_one_bad_photo_does_not_hold_up_the_others(opened, now, sheet):
    done = _received(opened, now, b"no picture", sheet, photo())
    assert [each.refusal.code if each.refusal else each.scan.read for each in done] == ["photo_invalid", True, False]


def test_too_many_at_once_are_refused_whole(opened, now, sheet):
    with pytest.raises(Refusal) as refused:
        _received(opened, now, *[sheet] * 41)
    assert refused.value.code == "too_many_scans"
    assert not Scan.objects.exists()


def test_a_sheet_of_elsewhere_has_to_be_chosen_by_hand(opened, now, today):
    code = Code(opened.elsewhere.id, opened.stranger.person.id, today)
    [done] = _received(opened, now, photo(code.url))
    assert (done.scan.enterprise_id, done.scan.person_id, done.scan.read) == (None, None, True)
    with pytest.raises(Refusal) as refused:
        choose(by=opened.village_cadre.actor, now=now, scan_id=done.scan.id, enterprise=opened.elsewhere.id)
    assert refused.value.code == "not_your_enterprise"


def test_what_was_sent_in_is_seen_by_its_sender_alone(opened, now, sheet, as_client):
    [done] = _received(opened, now, sheet)
    for name in ("scan_page", "scan_image"):
        url = reverse(name, args=[done.scan.id])
        assert as_client("village_cadre").get(url).status_code == 200
        assert as_client("county_leader").get(url).status_code == 404


def _filled(client, url, today):
    """The record as it is filled in from the sheet: what the page holds, and the answers."""
    page = client.get(url)
    form = page.context["form"]
    duty = next(o for o in form.desk.options if o.rule.code == "N7.2")
    return {
        "client_id": str(form["client_id"].value()), "channel": form["channel"].value(), "form": "call",
        "occurred_on": today.isoformat(), "duty": [duty.value], "note": "照纸质记录登记", "with_whom": "示例厂长",
        **{f"answer_{code}": value for code, value in answers_for("N7.2", today).items()},
    }  # fmt: skip


def test_a_sheet_becomes_one_record_from_paper(opened, now, today, sheet, as_client):
    [done] = _received(opened, now, sheet)
    client = as_client("village_cadre")
    url = client.get(reverse("scan_page", args=[done.scan.id])).context["record_url"]
    data = _filled(client, url, today)
    for _again in range(2):
        assert client.post(url, data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.client_id, contact.channel) == (done.scan.id, "paper")
    assert queries.scans_of(opened.village_cadre.actor)[0].contact == contact.id


def test_what_is_recorded_is_filed_and_cannot_be_dropped(opened, now, today, sheet, as_client):
    [done] = _received(opened, now, sheet)
    client = as_client("village_cadre")
    url = client.get(reverse("scan_page", args=[done.scan.id])).context["record_url"]
    client.post(url, _filled(client, url, today))
    with pytest.raises(Refusal) as refused:
        drop_scan(by=opened.village_cadre.actor, now=now, scan_id=done.scan.id)
    assert refused.value.code == "scan_recorded"
    assert file_scans(by=opened.village_cadre.actor, now=now) == 1
    assert file_scans(by=opened.village_cadre.actor, now=now) == 0
    assert queries.scans_of(opened.village_cadre.actor) == []


def test_what_was_dropped_comes_back_when_it_is_sent_again(opened, now, sheet):
    [done] = _received(opened, now, sheet)
    drop_scan(by=opened.village_cadre.actor, now=now, scan_id=done.scan.id)
    assert queries.scans_of(opened.village_cadre.actor) == []
    _received(opened, now, sheet)
    assert len(queries.scans_of(opened.village_cadre.actor)) == 1


def test_a_sheet_of_nobody_is_not_found(opened, now):
    with pytest.raises(Refusal) as refused:
        drop_scan(by=opened.village_cadre.actor, now=now, scan_id=uuid4())
    assert refused.value.code == "not_found"


def test_the_page_takes_photos_and_says_which_cannot_be_used(opened, sheet, as_client):
    client = as_client("village_cadre")
    files = [SimpleUploadedFile("甲.jpg", sheet), SimpleUploadedFile("乙.txt", b"hello")]
    page = client.post(reverse("scan_upload"), {"photos": files}, follow=True)
    text = page.content.decode()
    assert "示例机械有限公司" in text
    assert "乙.txt：照片无法识别" in text
    empty = client.post(reverse("scan_upload"), follow=True)
    assert "请选择拍好的记录表照片" in empty.content.decode()


def test_the_page_asks_the_database_little(opened, now, sheet, as_client, django_assert_max_num_queries):
    _received(opened, now, sheet, photo(), photo(shade=200))
    client = as_client("village_cadre")
    client.get(reverse("paper"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("paper")).status_code == 200


@pytest.fixture
def recorded(opened, now, today, sheet, as_client):
    """The record that the cadre's sheet has become, with its photo filed."""
    _received(opened, now, sheet)
    client = as_client("village_cadre")
    url = client.get(reverse("scan_page", args=[Scan.objects.get().id])).context["record_url"]
    client.post(url, _filled(client, url, today))
    file_scans(by=opened.village_cadre.actor, now=now)
    return Contact.objects.get()


def test_whoever_reads_a_record_from_paper_sees_its_sheet(recorded, as_client):
    for who in ("village_cadre", "county_leader", "principal"):
        client = as_client(who)
        page = client.get(reverse("contact_sheet", args=[recorded.id]))
        assert page.status_code == 200
        assert Scan.objects.get().sha256 in page.content.decode()
        assert client.get(reverse("contact_sheet_image", args=[recorded.id]))["Content-Type"] == "image/jpeg"


def test_a_stranger_sees_neither_record_nor_sheet(recorded, as_client):
    for name in ("contact_sheet", "contact_sheet_image"):
        assert as_client("stranger").get(reverse(name, args=[recorded.id])).status_code == 404


def test_the_page_of_the_record_leads_to_the_sheet_with_script_and_without(recorded, as_client):
    client, url = as_client("county_leader"), reverse("contact_sheet", args=[recorded.id])
    page = client.get(reverse("contact_detail", args=[recorded.id])).content.decode()
    assert f'hx-get="{url}"' in page
    assert f'href="{url}"' in page
    small = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert reverse("contact_sheet_image", args=[recorded.id]) in small
    assert "<html" not in small


def test_a_record_from_paper_without_a_photo_says_that_it_counts_all_the_same(recorded, as_client):
    Scan.objects.all().delete()
    client, url = as_client("county_leader"), reverse("contact_sheet", args=[recorded.id])
    assert "记录同样有效" in client.get(url).content.decode()
    assert "记录同样有效" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert client.get(reverse("contact_sheet_image", args=[recorded.id])).status_code == 404


def test_a_record_that_was_typed_in_has_no_sheet(opened, recorded, as_client):
    Contact.objects.update(channel="web")
    page = as_client("county_leader").get(reverse("contact_detail", args=[recorded.id])).content.decode()
    assert reverse("contact_sheet", args=[recorded.id]) not in page
