"""What an address asks for is read in one way: a key, a page size, a unit of the territory, or nothing."""

import pytest

from anwang.web.asked import number

pytestmark = pytest.mark.django_db
ODD = ["", "x", "-1", "1.0", "²", "٣", " 1", "9" * 19, "9" * 400, "0x1"]


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_key_is_none(text):
    assert number(text) is None


def test_a_key_is_a_number():
    assert (number("0"), number("371302000000")) == (0, 371302000000)


@pytest.mark.slow
@pytest.mark.parametrize("text", [each for each in ODD if each])
def test_odd_keys_in_an_address_never_break_a_page(cast, text):
    browser = cast.sign_in("county_leader")
    for path in (
        "/table/rows/",
        "/table/",
        "/duties/all/",
        "/contacts/",
        "/people/",
        "/plans/",
        "/coverage/",
        "/enterprises/",
    ):
        answer = browser.get(path, {"person": text, "unit": text, "enterprise": text, "place": text, "per_page": text})
        assert answer.status_code in {200, 404}, path
    for path in ("/post/", "/commitments/batch/", "/enterprises/bulk/"):
        assert browser.post(path, {"post": text, "selection": text}).status_code < 500, path
