"""Two at once: exactly one wins, the other is told, and nothing that was written is lost."""

import pytest

from anwang.features.advice import actions
from anwang.features.advice.models import Question, Receipt
from anwang.features.audit.queries import faults
from anwang.features.duties.models import Contact
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]


def test_of_two_who_answer_at_once_one_wins_and_the_other_may_add(bound, asked, now):
    key = asked().id
    answers = {"甲": bound.village_cadre.actor, "乙": bound.township_officer.actor}
    results = at_once(*[
        lambda text=text, by=by: actions.answer(by=by, now=now, question_id=key, text=text, round=1)
        for text, by in answers.items()
    ])  # fmt: skip
    assert [result for result in results if isinstance(result, str)] == ["question_answered"]
    row = Question.objects.get()
    assert (Contact.objects.count(), row.steps.filter(kind="answered").count()) == (1, 1)
    lost = ({"甲", "乙"} - {row.answer}).pop()
    actions.add(by=answers[lost], now=now, question_id=key, text=lost)
    assert row.steps.get(kind="added").text == lost
    assert list(faults()) == []


def test_a_question_is_not_answered_and_passed_on_at_once(bound, asked, now):
    row = asked()
    results = at_once(
        lambda: actions.answer(by=bound.village_cadre.actor, now=now, question_id=row.id, text="甲", round=1),
        lambda: actions.pass_on(
            by=bound.township_officer.actor, now=now, question_id=row.id, to="u371302000000", reason="乙"
        ),
    )
    row.refresh_from_db()
    passed = row.steps.filter(kind="passed").count()
    assert passed == (0 if "question_moved" in results else 1)
    assert row.state == "answered"


def test_a_notice_issued_twice_at_once_has_each_enterprise_once(bound, draft, now):
    key = draft().id
    issue = {"by": bound.county_leader.actor, "now": now, "notice_id": key}
    results = at_once(*[lambda: actions.issue_notice(**issue)] * 3)
    assert sorted(result for result in results if isinstance(result, str)) == ["notice_state"] * 2
    assert Receipt.objects.count() == 1


def test_an_enterprise_marked_by_two_at_once_is_marked_by_one(bound, issued, now):
    def mark(who):
        ids = [bound.enterprise.id]
        return actions.relay(by=who.actor, now=now, notice_id=issued.id, how="phone", enterprise_ids=ids)

    results = at_once(lambda: mark(bound.village_cadre), lambda: mark(bound.township_officer))
    assert sorted(map(str, results)) == ["1", "nothing_to_relay"]


def test_of_two_who_say_not_answered_at_once_one_reopens(bound, asked, now):
    row = actions.answer(by=bound.village_cadre.actor, now=now, question_id=asked().id, text="甲")
    reopen = {"by": bound.principal.actor, "now": now, "question_id": row.id, "reason": "没有解答"}
    results = at_once(*[lambda: actions.reopen(**reopen)] * 2)
    assert [result for result in results if isinstance(result, str)] == ["question_state"]
    assert Question.objects.get().round == 2
