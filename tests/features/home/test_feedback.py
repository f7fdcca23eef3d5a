"""意见建议: on every page, without a name unless it is given."""

import pytest

from anwang.features.home.models import Feedback

pytestmark = pytest.mark.django_db


def test_anyone_may_leave_feedback_and_goes_back_to_the_page(client):
    answer = client.post("/feedback/", {"page": "/policy/", "text": "条款字太小"})
    assert (answer.status_code, answer["Location"]) == (302, "/policy/")
    assert (Feedback.objects.get().text, Feedback.objects.get().name) == ("条款字太小", "")


def test_a_name_is_kept_only_when_it_is_given(cast):
    browser = cast.sign_in("village_cadre")
    browser.post("/feedback/", {"text": "不署名"})
    browser.post("/feedback/", {"text": "署名", "signed": "1"})
    assert list(Feedback.objects.order_by("id").values_list("name", flat=True)) == ["", "示例村主任"]


def test_an_empty_text_is_refused_and_what_was_typed_stays(client):
    answer = client.post("/feedback/", {"text": "  ", "page": "/"})
    assert answer.status_code == 409
    assert "请写下意见" in answer.content.decode()


def test_too_much_at_once_is_slowed_down(client):
    codes = [client.post("/feedback/", {"text": str(n)}).status_code for n in range(12)]
    assert codes[-1] == 409
    assert Feedback.objects.count() == 10


@pytest.mark.parametrize("page", ["//elsewhere.example/", "/\\elsewhere.example/", "https://elsewhere.example/"])
def test_the_way_back_never_leaves_the_site(client, page):
    assert client.post("/feedback/", {"page": page, "text": "x"})["Location"] == "/"


def test_the_office_answers_once(cast):
    item = Feedback.objects.create(text="太慢", created_at="2026-11-24T00:00:00Z")
    office = cast.sign_in("city_office")
    assert "太慢" in office.get("/feedback/list/").content.decode()
    office.post(f"/feedback/{item.id}/answer/", {"answer": "已优化"})
    again = office.post(f"/feedback/{item.id}/answer/", {"answer": "再次"})
    item.refresh_from_db()
    assert (item.answer, again.status_code) == ("已优化", 409)


@pytest.mark.parametrize("who", ["village_cadre", "principal"])
def test_others_do_not_read_the_list(cast, who):
    assert cast.sign_in(who).get("/feedback/list/").status_code == 404


def test_every_page_has_the_entry(client):
    assert "/feedback/?page=/policy/" in client.get("/policy/").content.decode()
