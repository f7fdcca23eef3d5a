"""Anyone finds who the safety commissioner of an enterprise is: by the code on the sheet, by the name, and no more."""

from datetime import date

import pytest

from anwang.domain.documents.disclosure import asked_name, is_enough
from anwang.features.assignments.models import Posting
from anwang.features.documents.models import DocumentState, IssuedDocument
from anwang.features.policies import queries as policies
from anwang.features.public import queries
from tests.cast import make_enterprise
from tests.features.public.conftest import bind, hang

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOSTILE = [
    "%", "__", "%%%%", "'; DROP TABLE x;--", "\x00\x00", "示例\x00机械", "<script>alert(1)</script>", "{{ 7*7 }}", "..",
    "示" * 100_000, "\u202e示例", "😀" * 9, "  ", "\\", "示例%械", "a" * 5000, "()*+?[", "示\n例", "１２",
]  # fmt: skip


def find(client, name, **more):
    return client.get("/public/search/", {"q": name, **more})


def notice(client, sheet):
    return client.get(f"/public/notices/{sheet.document.token}/")


def rules(monkeypatch, **values):
    """The rules of disclosure with other values."""
    from dataclasses import replace

    real = policies.current().disclosure(date(2026, 11, 24))
    monkeypatch.setattr("anwang.features.public.queries.rules", lambda on: replace(real, **values))


def test_the_notice_names_commissioner_unit_office_and_supervision_and_no_private_number(client, sheet):
    text = notice(client, sheet).content.decode()
    for shown in ("示例村主任", "村主任", "白沙埠村委会", "0539-8000001", "示例机械有限公司", "2026-11-01"):
        assert shown in text
    assert "13900000001" not in text


def test_the_private_number_is_shown_only_when_the_policy_publishes_it(client, sheet, monkeypatch):
    rules(monkeypatch, personal_phone=True)
    assert "13900000001" in notice(client, sheet).content.decode()


def test_a_name_leads_to_the_notice(client, sheet):
    text = find(client, "示例 机械").content.decode()
    assert f"/public/notices/{sheet.document.token}/" in text
    assert "示例村主任" not in text


def test_an_enterprise_without_a_hanging_sheet_is_not_found(client, cast, now, sheet):
    Posting.objects.update(confirmed_at=None)
    assert "没有找到" in find(client, "示例机械").content.decode()
    assert "示例村主任" not in notice(client, sheet).content.decode()


def test_an_enterprise_that_no_longer_operates_is_not_found(client, cast, sheet):
    cast.enterprise.status = "closed"
    cast.enterprise.save()
    assert "没有找到" in find(client, "示例机械").content.decode()
    assert "示例村主任" not in notice(client, sheet).content.decode()


def test_the_code_of_an_old_sheet_leads_to_the_present_one(client, cast, now, sheet):
    sheet.assignment.valid_to = date(2026, 11, 20)
    sheet.assignment.save()
    Posting.objects.filter(id=sheet.id).update(void_at=now)
    new = hang(bind(cast, now, cast.enterprise, cast.township_officer.person, cast.township_officer.post), now)
    text = notice(client, sheet).content.decode()
    assert f"/public/notices/{new.document.token}/" in text
    assert "示例村主任" not in text
    assert "示例镇员" in notice(client, new).content.decode()


def test_a_code_that_no_sheet_has_is_answered_with_404_and_a_way_on(client, cast):
    answer = client.get("/public/notices/AAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_one_letter_is_not_enough_and_nothing_lists_everything(client, sheet):
    assert find(client, "示").status_code == 422
    answer = find(client, "")
    assert answer.status_code == 200
    assert "示例机械" not in answer.content.decode()


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_find_nothing_and_break_nothing(client, sheet, asked):
    answer = find(client, asked)
    text = answer.content.decode()
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in text
    assert "49" not in text.split("<main")[1].split("</main>")[0]
    wanted = asked_name(asked)
    assert ("示例机械" in text) == (all(word in "示例机械有限公司" for word in wanted.split()) and is_enough(wanted, 2))


def test_results_are_capped_and_said_to_be(client, cast, now, monkeypatch):
    for n in range(4):
        firm = make_enterprise(f"临沂示例化工{n}厂", f"MA3CAP0{n}", cast.enterprise.place, now)
        hang(bind(cast, now, firm, cast.village_cadre.person, cast.village_cadre.post), now)
    rules(monkeypatch, search_results=3, search_pages=1)
    text = find(client, "示例化工").content.decode()
    assert text.count("/public/notices/") == 3
    assert "请把名称写得更完整" in text


def test_answers_are_paged_and_the_last_page_that_the_policy_allows_is_the_end(client, cast, now, monkeypatch):
    for n in range(5):
        firm = make_enterprise(f"临沂示例化工{n}厂", f"MA3CAP0{n}", cast.enterprise.place, now)
        hang(bind(cast, now, firm, cast.village_cadre.person, cast.village_cadre.post), now)
    rules(monkeypatch, search_results=2, search_pages=2)
    pages = [find(client, "示例化工", page=n).content.decode() for n in (1, 2, 3, "x")]
    shown = [{n for n in range(5) if f"示例化工{n}厂" in text} for text in pages]
    assert shown == [{0, 1}, {2, 3}, {2, 3}, {0, 1}]
    assert "page=2" in pages[0]
    assert "请把名称写得更完整" not in pages[0]
    assert "page=3" not in pages[1]
    assert "请把名称写得更完整" in pages[1]


def test_an_address_that_asks_too_often_waits_a_minute(client, sheet, monkeypatch):
    rules(monkeypatch, searches_per_minute=2)
    assert [find(client, "示例").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/public/").status_code == 200


def test_a_policy_without_search_has_no_search(client, sheet, monkeypatch):
    rules(monkeypatch, search=False)
    assert find(client, "示例").status_code == 404
    assert "/public/search/" not in client.get("/public/").content.decode()


def test_the_verification_page_of_a_sheet_leads_to_the_notice_and_names_nobody(client, sheet):
    text = client.get(f"/v/{sheet.document.token}/").content.decode()
    assert f"/public/notices/{sheet.document.token}/" in text
    assert "示例村主任" not in text
    IssuedDocument.objects.update(state=DocumentState.REVOKED)
    assert "真实，但已作废" in client.get(f"/v/{sheet.document.token}/").content.decode()


@pytest.mark.parametrize("path", ["/public/", "/public/search/?q=示例", "/public/papers/", "notice"])
def test_a_public_page_asks_the_database_little(client, sheet, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert client.get(path if path != "notice" else f"/public/notices/{sheet.document.token}/").status_code == 200


def test_the_rules_in_force_publish_no_private_number_and_are_not_indexed(today):
    found = queries.rules(today)
    assert (found.personal_phone, found.indexable, found.search) == (False, False, True)
    assert {"disclosure[1].personal_phone", "disclosure[1].indexable"} <= policies.current().office_sets
