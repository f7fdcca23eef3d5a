"""Sign-in rules: accounts are given by administrators, never self-registered."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from anwang.domain.base import Actor
from anwang.features.accounts import actions as accounts
from anwang.features.accounts import queries as account_queries
from anwang.features.grid import queries as grid


class ClosedAdapter(DefaultAccountAdapter):
    """No open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def clean_password(self, password: str, user: Any = None) -> str:
        """The same sentences about a weak password wherever one is set."""
        if faults := account_queries.password_faults(password, user):
            raise ValidationError(faults)
        return password

    def set_password(self, user: Any, password: str) -> None:
        """The owner's own new password, with its line in the trail."""
        accounts.change_own_password(by=_actor(user), now=timezone.now(), user_id=user.pk, password=password)
        user.refresh_from_db(fields=["password", "must_change"])

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> Any:
        """When a second factor was last used is a measure of use: the library's note of it goes (red line 1)."""
        accounts.forget_factor_use(by=_actor(user), now=timezone.now(), user_id=user.pk)
        return super().post_login(request, user, **about)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A failed sign-in is in the trail; a password or a mistyped name never is."""
        by = Actor(name="—")
        accounts.note_refused_sign_in(by=by, now=timezone.now(), username=str(credentials.get("username", "")))


def _actor(user: Any) -> Actor:
    return grid.actor_for(user, now=timezone.now()) or Actor(name=user.get_username(), user_id=user.pk)
