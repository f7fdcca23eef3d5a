"""What a visitor of the demo adds by hand or from a sheet belongs to the demo, so that it can be served again."""

import pytest

from anwang.config import serving
from anwang.domain.base import SYSTEM
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.actions import PersonData
from anwang.features.enterprises import actions as enterprises
from anwang.features.enterprises.actions import EnterpriseData
from tests.cast import make_grid

pytestmark = pytest.mark.django_db
VILLAGE = 371302101201


def _add(now):
    make_grid(now)
    accounts.create_people(by=SYSTEM, now=now, rows=[PersonData("试用人员")])
    rows = [EnterpriseData({"name": "试用企业"}, place=VILLAGE)]
    return enterprises.register(by=SYSTEM, now=now, on=now.date(), rows=rows)[0]


def test_what_is_tried_out_in_the_demo_is_marked_and_the_demo_starts_again(settings, now):
    settings.DEMO = True
    assert _add(now).is_demo
    serving.check_demo("127.0.0.1")


def test_what_is_entered_in_a_real_system_is_never_marked(settings, now):
    settings.DEMO = False
    assert not _add(now).is_demo
