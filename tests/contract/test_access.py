"""Every address has an entry that says who may open it; the table is the only place where that is decided."""

import pytest
from django.urls import get_resolver

from anwang.config.access import SHARED_PAGES, pages
from anwang.domain.base import Role

#: allauth's own pages that we do not offer: without an entry they answer 404.
CLOSED = {
    "account_signup", "account_email", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_email",
    "account_email_verification_sent", "account_confirm_login_code", "account_request_login_code",
    "account_verify_phone", "account_change_phone", "account_complete_signup", "account_signup_by_passkey",
}  # fmt: skip


def names(patterns):
    """The names of all addresses, libraries' included."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name


def test_every_address_has_an_entry_or_is_closed_on_purpose():
    assert {name for name in names(get_resolver().url_patterns) if name not in pages()} - CLOSED == set()


def test_no_entry_names_an_address_that_is_gone():
    assert set(pages()) - set(names(get_resolver().url_patterns)) - set(SHARED_PAGES) == set()


def test_an_entry_is_public_or_for_the_signed_in_or_for_roles():
    for name, allowed in pages().items():
        assert allowed in ("anyone", "signed_in") or (isinstance(allowed, frozenset) and allowed <= set(Role)), name


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/table/", "/people/", "/grid/", "/work/"])
def test_the_signed_out_are_sent_to_the_sign_in_page(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


@pytest.mark.django_db
def test_an_address_without_an_entry_is_closed_even_to_the_city_office(cast):
    assert cast.sign_in("city_office").get("/account/email/").status_code == 404
