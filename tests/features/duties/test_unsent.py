"""What a telephone could not send comes in as a ZIP: the same records, each once, each with its outcome."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.features.duties.management import duties
from anwang.features.duties.models import Contact, Obligation, Photo
from anwang.features.duties.queries import tally_faults
from tests.adapters.test_unsent import package

from .pages import form_of
from .pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def kept(opened, today, now):
    """Build a record as the telephone of the cadre keeps it: (name of its file, body)."""

    def make(who="village_cadre", firm=None, photos=(), **other):
        row = Obligation.objects.get(enterprise=opened.enterprise, rule="N7.2")
        fields = form_of(today, row.id, rules=["N7.2"], **other)
        key = fields.pop("client_id")
        entries = [
            [name, each] for name, value in fields.items() for each in (value if isinstance(value, list) else [value])
        ]
        body = {
            "id": key, "user": str(getattr(opened, who).user.id), "title": "示例机械有限公司", "at": now.isoformat(),
            "url": f"/contacts/new/?enterprise={(firm or opened.enterprise).id}", "entries": entries,
        }  # fmt: skip
        files = {}
        for seed in photos:
            photo = str(uuid4())
            files[f"{key}/{photo}.jpg"] = jpeg(seed)
            body.setdefault("photos", []).append(
                {"id": photo, "file": f"{key}/{photo}.jpg", "latitude": 35.05, "longitude": 118.3}
            )
        return {f"{key}.json": json.dumps(body), **files}

    return make


@pytest.fixture
def upload(django_capture_on_commit_callbacks):
    """Send a package of records; the work that it starts runs at once."""

    def send(client, *records):
        data = package({name: body for record in records for name, body in record.items()})
        file = SimpleUploadedFile("anwang-unsent.zip", data, content_type="application/zip")
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("record_import"), {"file": file}, follow=True)

    return send


def test_a_package_is_recorded_with_its_photos_and_says_what_came_of_it(opened, upload, kept, now):
    client = opened.sign_in("village_cadre")
    started = upload(client, kept(photos=[1, 2]))
    found = Contact.objects.get()
    assert (found.channel, found.captured_at, found.person_id) == ("device", now, opened.village_cadre.person.id)
    assert Photo.objects.filter(latitude=35.05).count() == 2
    assert tally_faults() == []
    key = started.redirect_chain[-1][0].rstrip("/").split("/")[-1]
    text = client.get(reverse("record_unsent") + f"?work={key}").content.decode()
    assert "已登记" in text
    assert "2 张照片" in text


def test_a_package_taken_twice_records_once(opened, upload, kept):
    client, record = opened.sign_in("village_cadre"), kept(photos=[1])
    upload(client, record)
    upload(client, record)
    assert (Contact.objects.count(), Photo.objects.count()) == (1, 1)


def test_one_record_that_cannot_be_taken_does_not_hold_the_others_back(opened, upload, kept):
    upload(opened.sign_in("village_cadre"), kept(firm=opened.elsewhere), kept(answer_reached=""), kept())
    assert Contact.objects.count() == 1


def test_nobody_imports_what_another_has_recorded(opened, upload, kept):
    upload(opened.sign_in("village_cadre"), kept(who="township_officer"))
    assert Contact.objects.count() == 0


def test_the_office_imports_for_its_people_and_not_for_others(opened, upload, kept):
    upload(opened.sign_in("township_officer"), kept(), kept(who="stranger"))
    assert Contact.objects.get().person_id == opened.village_cadre.person.id


def test_a_package_that_is_none_is_refused_at_its_field(opened, upload):
    answer = upload(opened.sign_in("village_cadre"), {"../x.json": "{}"})
    assert answer.status_code == 422
    assert "不认识的文件名" in answer.content.decode()


def test_the_outcome_belongs_to_who_imported(opened, upload, kept):
    started = upload(opened.sign_in("village_cadre"), kept())
    key = started.redirect_chain[-1][0].rstrip("/").split("/")[-1]
    other = opened.sign_in("township_officer")
    assert other.get(reverse("record_unsent") + f"?work={key}").status_code == 404
    assert other.get(reverse("record_unsent") + "?work=7").status_code == 404


def test_the_command_says_what_came_of_each_record(opened, kept, tmp_path, monkeypatch, now):
    monkeypatch.setattr("anwang.features.duties.management.group.clock", lambda: now)
    file = tmp_path / "unsent.zip"
    good, bad = kept(), kept(firm=opened.elsewhere)
    file.write_bytes(package({**good, **bad}))
    answer = CliRunner().invoke(duties, ["import-zip", str(file), "--json"])
    said = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert said["counts"] == {"created": 1, "same": 0, "differs": 0, "refused": 1}
    assert {each["outcome"]: each["code"] for each in said["records"]} == {"created": "", "refused": "invalid"}


def test_a_record_that_differs_is_left_as_it_was(opened, upload, kept, tmp_path, monkeypatch, now):
    client, record = opened.sign_in("village_cadre"), kept()
    upload(client, record)
    ((name, body),) = record.items()
    said = json.loads(body)
    said["entries"].append(["note", "另一份"])
    upload(client, {name: json.dumps(said)})
    assert Contact.objects.get().note == ""


@pytest.mark.parametrize("entries", [5, [["form"]], [["form", 5]], [{"form": "call"}], None])
def test_what_is_no_form_is_refused(opened, upload, kept, entries):
    ((name, body),) = kept().items()
    said = json.loads(body)
    said["entries"] = entries
    upload(opened.sign_in("village_cadre"), {name: json.dumps(said)})
    assert Contact.objects.count() == 0
