"""Signing in and changing the own password through the library's pages, with our rules behind them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anwang.features.audit.models import AuditEvent

GOOD, BETTER = "first-long-word-7", "second-long-word-8"


@pytest.fixture
def signed_in(cast, client):
    user = cast.city_office.user
    user.set_password(GOOD)
    user.must_change = True
    user.save()
    answer = client.post(reverse("account_login"), {"login": "city_office", "password": GOOD})
    assert answer.status_code == 302
    return client


def change(client, new: str):
    data = {"oldpassword": GOOD, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), data)


@pytest.mark.slow
def test_a_given_password_is_changed_on_the_page_and_the_way_is_free(signed_in, cast):
    assert signed_in.get(reverse("grid_tree")).url == reverse("account_change_password")
    assert change(signed_in, BETTER).url == "/"
    assert signed_in.get(reverse("grid_tree")).status_code == 200
    assert AuditEvent.objects.filter(action="user.password", actor="示例市办").exists()


@pytest.mark.slow
def test_a_weak_password_is_told_in_one_chinese_sentence(signed_in):
    assert "密码太短，至少要 10 位。" in change(signed_in, "short").content.decode()


@pytest.mark.slow
def test_the_page_offers_no_reset_by_mail(signed_in):
    assert "password/reset" not in signed_in.get(reverse("account_change_password")).content.decode()


@pytest.mark.slow
def test_a_failed_sign_in_is_in_the_trail_without_what_was_typed(cast, client):
    client.post(reverse("account_login"), {"login": "city_office", "password": "wrong-secret"})
    client.post(reverse("account_login"), {"login": "my-password-typed-here", "password": "x"})
    events = AuditEvent.objects.filter(action="user.sign_in", outcome="refused").order_by("seq")
    assert [event.target for event in events] == [f"user:{cast.city_office.user.id}", ""]
    assert not [e for e in events if "secret" in e.body or "typed" in e.body]


def test_nobody_signs_up_alone(client, db):
    assert client.get(reverse("account_signup")).status_code in {302, 404}
