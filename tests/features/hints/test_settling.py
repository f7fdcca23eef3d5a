"""The person first, then the leader of the person's own unit; nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from anwang.domain.base import Refusal
from anwang.domain.hints.states import Outcome
from anwang.features.hints import queries
from anwang.features.hints.actions import explain, reopen, settle
from anwang.features.hints.models import Hint
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def hint(record, found, today):
    """The cadre's photo was there before."""
    record(0, photos=[1], day=today - timedelta(days=3))
    record(1, photos=[1])
    found()
    return Hint.objects.get()


def test_the_person_sees_it_first_and_the_leader_when_it_was_explained(opened, hint, now, today):
    leader, cadre = opened.township_officer.actor, opened.village_cadre.actor
    assert queries.waiting(cadre.person_id).count() == 1
    assert queries.to_look_at(by=leader, on=today).count() == 0
    with refused("not_found"):
        settle(by=leader, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED)
    explain(by=cadre, now=now, hint_id=hint.id, text="上传时选错了照片")
    assert (queries.waiting(cadre.person_id).count(), queries.to_look_at(by=leader, on=today).count()) == (0, 1)
    settle(by=leader, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED, note="已补传")
    row = Hint.objects.get()
    assert (row.state, row.outcome, row.settle_note) == ("settled", "accepted", "已补传")


def test_after_its_days_the_leader_sees_what_was_not_explained(opened, hint, today):
    leader = opened.township_officer.actor
    assert queries.to_look_at(by=leader, on=today + timedelta(days=6)).count() == 0
    assert queries.to_look_at(by=leader, on=today + timedelta(days=7)).count() == 1


def test_only_the_person_explains_and_only_others_settle(opened, hint, now):
    with refused("not_found"):
        explain(by=opened.stranger.actor, now=now, hint_id=hint.id, text="不是我的")
    explain(by=opened.village_cadre.actor, now=now, hint_id=hint.id, text="选错了照片")
    with refused("not_yours"):
        explain(by=opened.township_officer.actor, now=now, hint_id=hint.id, text="代为说明")
    with refused("own_hint"):
        settle(by=opened.village_cadre.actor, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED)
    with refused("not_found"):
        settle(by=opened.stranger.actor, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED)


@pytest.mark.parametrize(
    ("text", "code"), [("", "explanation_missing"), (" 。", "explanation_missing"), ("长" * 501, "explanation_long")]
)
def test_an_explanation_is_a_sentence(opened, hint, now, text, code):
    with refused(code):
        explain(by=opened.village_cadre.actor, now=now, hint_id=hint.id, text=text)


def test_what_is_settled_stays_so_until_it_is_reopened(opened, hint, now):
    cadre, leader = opened.village_cadre.actor, opened.township_officer.actor
    explain(by=cadre, now=now, hint_id=hint.id, text="选错了照片")
    settle(by=leader, now=now, hint_id=hint.id, outcome=Outcome.TALKED)
    with refused("hint_settled"):
        explain(by=cadre, now=now, hint_id=hint.id, text="再说明")
    with refused("hint_settled"):
        settle(by=leader, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED)
    reopen(by=leader, now=now, hint_id=hint.id)
    row = Hint.objects.get()
    assert (row.state, row.outcome, row.settled_by, row.explanation) == ("explained", "", "", "选错了照片")


def test_of_two_that_settle_one_is_told(opened, hint, now, monkeypatch):
    explain(by=opened.village_cadre.actor, now=now, hint_id=hint.id, text="选错了照片")
    stale = Hint.objects.get()
    settle(by=opened.township_officer.actor, now=now, hint_id=hint.id, outcome=Outcome.ACCEPTED)
    monkeypatch.setattr(queries, "find", lambda *a, **k: stale)
    with pytest.raises(Refusal) as caught:
        settle(by=opened.county_leader.actor, now=now, hint_id=hint.id, outcome=Outcome.TALKED)
    assert caught.value.code == "hint_moved"
    assert Hint.objects.get().outcome == "accepted"


def test_a_withdrawn_record_has_no_hint(opened, hint, now, today):
    from anwang.features.duties.actions import void_contact

    void_contact(by=opened.village_cadre.actor, now=now, contact_id=hint.contact_id, reason="登记错企业")
    assert queries.waiting(opened.village_cadre.person.id).count() == 0


def test_the_page_asks_respectfully_and_keeps_what_was_typed(opened, hint):
    client = opened.sign_in("village_cadre")
    text = client.get(reverse("hint_own")).content.decode()
    assert "请说明的提示" in text
    assert "不影响履职统计和考核" in text
    page = client.get(reverse("hint", args=[hint.id])).content.decode()
    assert page.count("small/") == 2
    answer = client.post(reverse("hint_explain", args=[hint.id]), {"text": "长" * 600})
    assert answer.status_code == 422
    assert "长" * 600 in answer.content.decode()
    client.post(reverse("hint_explain", args=[hint.id]), {"text": "选错了照片"})
    assert Hint.objects.get().state == "explained"


def test_the_leader_settles_and_takes_it_back_on_the_page(opened, hint, now):
    explain(by=opened.village_cadre.actor, now=now, hint_id=hint.id, text="选错了照片")
    client = opened.sign_in("township_officer")
    assert "选错了照片" in client.get(reverse("hint", args=[hint.id])).content.decode()
    assert "示例村主任" in client.get(reverse("hint_unit")).content.decode()
    client.post(reverse("hint_settle", args=[hint.id]), {"outcome": "talked", "note": "当面说过"})
    assert "已当面沟通" in client.get(reverse("hint_unit") + "?state=settled").content.decode()
    client.post(reverse("hint_reopen", args=[hint.id]))
    assert Hint.objects.get().state == "explained"


def test_others_find_no_page(opened, hint):
    assert opened.sign_in("stranger").get(reverse("hint", args=[hint.id])).status_code == 404
    assert opened.sign_in("township_officer").get(reverse("hint", args=[hint.id])).status_code == 404
    assert opened.sign_in("principal").get(reverse("hint_own")).status_code == 404
    assert opened.sign_in("village_cadre").get(reverse("hint_unit")).status_code == 404


@pytest.mark.parametrize(("who", "page"), [("village_cadre", "hint_own"), ("township_officer", "hint_unit")])
def test_a_list_takes_few_queries(opened, hint, now, who, page, django_assert_max_num_queries):
    explain(by=opened.village_cadre.actor, now=now, hint_id=hint.id, text="选错了照片")
    client = opened.sign_in(who)
    with django_assert_max_num_queries(12):
        client.get(reverse(page))
