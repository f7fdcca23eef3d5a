"""Numbers that are never given twice, and the page behind every QR code."""

import pytest

from anwang.domain.base import SYSTEM
from anwang.features.documents.actions import Issue, issue, reinstate, revoke
from anwang.features.documents.models import DocumentState
from tests.cast import LANSHAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(now):
    return made(now, 3)


def made(now, count):
    rows = [Issue(f"assignment:{n}", "承诺书", LANSHAN, {"企业": "示例机械有限公司"}) for n in range(count)]
    return issue(by=SYSTEM, now=now, kind="commitment", pattern="示例承〔{year}〕{number}号", rows=rows)


def page(client, token, **query):
    return client.get(f"/v/{token}/", query)


def test_numbers_go_on_and_tokens_are_never_the_same(letters, now):
    more = made(now, 2)
    numbers = [row.number for row in [*letters, *more]]
    assert numbers == [f"示例承〔2026〕{n}号" for n in range(1, 6)]
    assert len({row.token for row in [*letters, *more]}) == 5
    assert all(len(row.token) == 16 for row in letters)


def test_a_year_begins_with_number_one(letters, now):
    assert [row.number for row in made(now.replace(year=2027), 1)] == ["示例承〔2027〕1号"]


def test_a_code_typed_with_spaces_and_small_letters_finds_its_paper(letters, client):
    token = letters[0].token
    typed = " ".join((token[:4], token[4:8], token[8:])).lower()
    answer = client.get("/v/", {"token": typed}, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "真实有效" in text
    assert letters[0].number in text
    assert "示例机械有限公司" in text


@pytest.mark.parametrize(
    ("state", "words"), [(DocumentState.REPLACED, "真实，但已被新文书替换"), (DocumentState.REVOKED, "真实，但已作废")]
)
def test_a_withdrawn_paper_says_so_until_it_is_reinstated(letters, now, client, state, words):
    first, second = letters[0], letters[1]
    assert revoke(by=SYSTEM, now=now, ids=[first.id], state=state) == 1
    assert words in page(client, first.token).content.decode()
    assert "真实有效" in page(client, second.token).content.decode()
    assert reinstate(by=SYSTEM, now=now, ids=[first.id, second.id]) == 1
    assert "真实有效" in page(client, first.token).content.decode()


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAA", "x", "Z" * 200, "承诺书"])
def test_an_unknown_code_is_answered_plainly(letters, client, token):
    answer = page(client, token)
    assert answer.status_code == 404
    assert "没有这份文书" in answer.content.decode()
