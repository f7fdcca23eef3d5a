"""One enterprise by hand: registered, corrected, opened and closed, moved; re-gridding; what allocation reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anwang.domain.base import SYSTEM
from anwang.features.audit.models import AuditEvent
from anwang.features.enterprises import actions, queries
from anwang.features.enterprises.models import Enterprise, PlaceFact, StatusFact
from tests.features.enterprises.conftest import code
from tests.refusals import refused

pytestmark = pytest.mark.django_db
CITY = 371300000000


@pytest.fixture
def by(cast, now):
    return {"by": cast.county_leader.actor, "now": now}


def register(by, today, place=371302101201, **values):
    data = actions.EnterpriseData({"name": "手工登记", **values}, place)
    return actions.register(**by, on=today, rows=[data])[0]


def test_registering_by_hand_dates_and_grades(by, today):
    row = register(by, today, credit_code=code(1), gbt_code="2614", headcount=3)
    assert (row.industry, row.industry_by, row.gbt_code, row.grade) == ("chemical", "code", "C2614", "general")
    assert StatusFact.objects.get(enterprise=row).valid_from == today
    assert AuditEvent.objects.filter(action="enterprise.register", chain=371302).count() == 1


def test_registering_refuses_what_is_wrong(by, today):
    register(by, today, credit_code=code(1))
    with refused("code_known"):
        register(by, today, credit_code=code(1))
    with refused("code_invalid"):
        register(by, today, credit_code="91371302MA3EXAMP1X")
    with refused("not_your_enterprise"):
        register(by, today, place=371311001001)
    with refused("place_level"):
        actions.register(by=SYSTEM, now=by["now"], on=today, rows=[actions.EnterpriseData({"name": "某厂"}, CITY)])
    with refused("name_missing"):
        register(by, today, name="  ")


def test_a_correction_keeps_which_columns_changed_and_never_the_phone(by, today):
    row = register(by, today)
    actions.correct(**by, enterprise_id=row.id, values={"principal_phone": "13000000001", "headcount": 7})
    event = AuditEvent.objects.get(action="enterprise.correct")
    assert '"fields":["headcount","principal_phone"]' in event.body
    assert "13000000001" not in event.body
    assert actions.correct(**by, enterprise_id=row.id, values={"headcount": 7}) is None


def test_the_principal_writes_nothing_into_the_roster_not_even_the_own_name(cast, now):
    for values in ({"principal": "新厂长"}, {"name": "改名"}):
        with refused("not_your_enterprise"):
            actions.correct(by=cast.principal.actor, now=now, enterprise_id=cast.enterprise.id, values=values)


def test_closing_and_opening_again_leave_dated_rows(by, today):
    row = register(by, today - timedelta(days=60))
    base = {**by, "enterprise_id": row.id}
    actions.set_status(**base, status="closed", on=today - timedelta(days=30), reason="注销")
    actions.set_status(**base, status="operating", on=today - timedelta(days=10), reason="重新开业")
    spans = list(
        StatusFact.objects.filter(enterprise=row).order_by("id").values_list("status", "valid_from", "valid_to")
    )
    assert [span[0] for span in spans] == ["operating", "closed", "operating"]
    assert [span[2] for span in spans] == [spans[1][1], spans[2][1], None]
    row.refresh_from_db()
    assert (row.status, row.closed_on) == ("operating", None)


def test_status_acts_refuse_without_reason_in_the_future_and_before_the_last_fact(by, today):
    row = register(by, today)
    base = {**by, "enterprise_id": row.id, "status": "suspended"}
    with refused("reason_missing"):
        actions.set_status(**base, on=today, reason=" ")
    with refused("date_future"):
        actions.set_status(**base, on=today + timedelta(days=1), reason="检修")
    with refused("fact_date"):
        actions.set_status(**base, on=today - timedelta(days=1), reason="检修")
    with refused("status_same"):
        actions.set_status(**by, enterprise_id=row.id, status="operating", on=today, reason="检修")


def test_moving_needs_both_ends(by, today):
    row = register(by, today)
    with refused("not_your_enterprise"):
        actions.move(**by, enterprise_id=row.id, place=371311001001, on=today, reason="搬迁")
    actions.move(**by, enterprise_id=row.id, place=371302102201, on=today, reason="搬迁", address="枣园镇")
    row.refresh_from_db()
    assert (row.place, row.township, row.address, row.place_method) == (371302102201, 371302102, "枣园镇", "hand")
    with refused("place_same"):
        actions.move(**by, enterprise_id=row.id, place=371302102201, on=today, reason="搬迁")


def test_phones_are_shown_for_a_reason_that_the_trail_keeps(by, today, cast, now):
    row = register(by, today, principal_phone="13000000001", safety_phone="0539-8000000")
    base = {"by": cast.village_cadre.actor, "now": now, "enterprise_id": row.id}
    with refused("reason_missing"):
        actions.unmask_phones(**base, reason="")
    assert actions.unmask_phones(**base, reason="督导前联系") == ("13000000001", "0539-8000000")
    assert "督导前联系" in AuditEvent.objects.get(action="enterprise.unmask").body
    with refused("not_your_enterprise"):
        actions.unmask_phones(**{**base, "by": cast.stranger.actor}, reason="督导前联系")


def test_a_regridding_moves_what_stands_in_old_codes_once(cast, now, today):
    base = {"by": SYSTEM, "now": now, "on": today, "mapping": {371302101201: 371302101202}, "posts": {}}
    assert actions.move_units(**base) == {"enterprises": 1}
    assert actions.move_units(**base) == {"enterprises": 0}
    row = Enterprise.objects.get(id=cast.enterprise.id)
    old, new = PlaceFact.objects.filter(enterprise=row).order_by("id")
    assert (row.place, old.valid_to, new.valid_from, new.place) == (371302101202, today, today, 371302101202)
    assert new.method == old.method


def test_the_allocation_reads_who_operates_on_the_day_as_place_and_grade_were_then(cast, made, by, today):
    base = today - timedelta(days=100)
    closed, moved, open_ = made({}, {}, {"风险等级": "重大", "管理级别": "市管"}, on=base)
    actions.set_status(**by, enterprise_id=closed.id, status="closed", on=today - timedelta(days=50), reason="注销")
    actions.move(**by, enterprise_id=moved.id, place=371302102201, on=today - timedelta(days=5), reason="搬迁")
    rows = {row.id: row for row in queries.allocation_rows(371302000000, today)}
    assert set(rows) == {cast.enterprise.id, moved.id, open_.id}
    assert (rows[open_.id].grade, rows[open_.id].managing) == ("major", "city")
    earlier = {row.id: row for row in queries.allocation_rows(371302101000, today - timedelta(days=60))}
    assert closed.id in earlier
    assert earlier[moved.id].place == 371302101201


def test_an_enterprise_decided_to_be_outside_the_thirteen_industries_is_not_allocated(made, by, today):
    inside, outside = made({}, {})
    actions.set_industry(**by, ids=[outside.id], industry="", label="不属于")
    ids = {row.id for row in queries.allocation_rows(CITY, today)}
    assert inside.id in ids
    assert outside.id not in ids


def test_cards_carry_phones_in_clear_for_papers(by, today):
    row = register(by, today, credit_code=code(3), principal="王厂长", principal_phone="13000000001")
    card = queries.cards([row.id])[row.id]
    assert (card.name, card.code, card.principal, card.principal_phone) == (
        "手工登记",
        code(3),
        "王厂长",
        "13000000001",
    )


def test_facts_of_the_same_day_never_count_as_a_span(by, today):
    row = register(by, today)
    actions.set_status(**by, enterprise_id=row.id, status="suspended", on=today, reason="登记有误")
    spans = [span for span in queries.operating_spans(date(2026, 1, 1), date(2027, 1, 1)) if span[0] == row.id]
    assert spans == []
