"""The cadre leads the cast's enterprise; its principal holds the post and has no sign-in yet."""

import pytest

from anwang.features.accounts.models import User
from anwang.features.portal import actions
from tests.features.duties.conftest import bind


@pytest.fixture
def bound(cast, now, monkeypatch):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.stranger, now)
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    return cast


@pytest.fixture
def uninvited(bound):
    """As the roster has it before anybody invited: a post without a sign-in."""
    User.objects.filter(id=bound.principal.user.id).delete()
    return bound


@pytest.fixture
def invited(uninvited, now):
    """(link, code): what the cadre handed over."""
    return actions.invite(by=uninvited.village_cadre.actor, now=now, enterprise_id=uninvited.enterprise.id)


@pytest.fixture
def known(uninvited):
    """What the principal types."""
    return {"credit_code": uninvited.enterprise.credit_code}
