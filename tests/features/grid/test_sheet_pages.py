"""People's sheets in the browser: checked first, taken over when confirmed, phones hidden unless a reason is given."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anwang.features.accounts.models import Person
from anwang.features.audit.models import AuditEvent
from anwang.features.grid.models import Upload

SHEET = (
    "姓名,联系电话,县区,乡镇,单位,岗位类别,职务\n"
    "新人甲,13800010001,兰山区,白沙埠镇,安监站,安监站人员,站长\n"
    "新人乙,138,兰山区,白沙埠镇,安监站,安监站人员,站员\n"
).encode("gb18030")


@pytest.fixture
def office(cast):
    return cast.sign_in("county_leader")


@pytest.fixture
def uploaded(office) -> Upload:
    answer = office.post(reverse("person_import"), {"file": SimpleUploadedFile("人员.csv", SHEET)})
    assert answer.status_code == 302
    return Upload.objects.get()


def cells(answer) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_the_preview_tells_rows_and_faults_and_changes_nothing(office, uploaded):
    page = office.get(reverse("person_import_preview", args=[uploaded.id])).content.decode()
    assert "新人甲" in page
    assert "不是有效号码" in page
    assert not Person.objects.filter(name="新人甲").exists()


def test_a_confirmed_sheet_is_taken_over_and_forgotten(office, uploaded):
    assert office.post(reverse("person_import_apply", args=[uploaded.id])).status_code == 302
    assert Person.objects.get(name="新人甲").phone == "13800010001"
    assert not Person.objects.filter(name="新人乙").exists()
    assert not Upload.objects.exists()


def test_a_sheet_given_up_changes_nothing_and_is_forgotten(office, uploaded):
    office.post(reverse("person_import_apply", args=[uploaded.id]), {"drop": "1"})
    assert not Person.objects.filter(name="新人甲").exists()
    assert not Upload.objects.exists()


@pytest.mark.slow
def test_the_sheet_of_somebody_else_does_not_exist(cast, uploaded):
    browser = cast.sign_in("city_office")
    names = ["person_import_preview", "person_import_apply", "person_import_errors"]
    for name in names:
        url = reverse(name, args=[uploaded.id])
        assert {browser.get(url).status_code, browser.post(url).status_code} <= {404, 405}, name
    assert Upload.objects.exists()


def test_the_marked_sheet_says_what_is_wrong(office, uploaded):
    rows = cells(office.get(reverse("person_import_errors", args=[uploaded.id])))
    assert any("不是有效号码" in str(cell) for row in rows for cell in row)


def test_what_is_no_sheet_is_refused_with_a_sentence(office):
    answer = office.post(reverse("person_import"), {"file": SimpleUploadedFile("x.xlsx", b"\x00\x01" * 40)})
    assert answer.status_code == 422
    assert not Upload.objects.exists()


def test_an_export_hides_phones_until_a_reason_is_given(office, cast, now):
    Person.objects.filter(id=cast.township_officer.person.id).update(phone="13912345678")
    hidden = str(cells(office.get(reverse("person_export"))))
    assert "13912345678" not in hidden
    assert "139****5678" in hidden
    full = reverse("person_export_full")
    assert office.post(full, {"reason": ""}).status_code == 422
    assert "13912345678" in str(cells(office.post(full, {"reason": "上级要求报送"})))
    assert "上级要求报送" in AuditEvent.objects.get(action="person.export").body


def test_an_export_holds_only_the_own_territory(office, cast):
    text = str(cells(office.get(reverse("person_export"))))
    assert "示例镇员" in text
    assert "示例外县" not in text


def test_the_grid_is_exported_with_its_leaders(office):
    text = str(cells(office.get(reverse("grid_export"))))
    assert "白沙埠镇" in text
    assert "示例县长" in text
    assert "罗庄" not in text
