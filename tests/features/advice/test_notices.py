"""政策通知: issued to a list that stays, relayed by who leads the enterprise then, a receipt for each."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from anwang.adapters import media
from anwang.adapters.xlsx.reader import read_tables
from anwang.features.advice import actions, queries
from anwang.features.advice.actions import Attached
from anwang.features.advice.models import PolicyNotice, Receipt
from anwang.features.advice.queries.export import write_receipts
from anwang.features.advice.queries.relays import audience, progress, rows_of
from anwang.features.audit.queries import faults
from anwang.features.duties.models import Contact
from tests.cast import LANSHAN, TOWNSHIP, make_enterprise
from tests.features.advice.conftest import bind
from tests.features.advice.files import SVG, docx, pdf, picture
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(bound, now):
    """A second enterprise of the county, of another grade, led by the township officer."""
    firm = make_enterprise("示例化工有限公司", "MA3EXAM9", 371302102201, now, grade="major")
    bind(firm, bound.township_officer, now)
    return firm


def relayed(bound, now, notice, by="village_cadre", **other):
    return actions.relay(by=getattr(bound, by).actor, now=now, notice_id=notice.id, **{"how": "phone", **other})


def test_the_enterprises_of_the_day_of_issue_are_the_list_for_good(bound, issued, now):
    assert (issued.targets, issued.due) == (1, date(2026, 12, 1))
    make_enterprise("后来的企业", "MA3EXAM8", 371302101201, now)
    assert [row.enterprise_id for row in Receipt.objects.all()] == [bound.enterprise.id]


def test_a_notice_is_issued_once(bound, issued, now):
    with refused("notice_state"):
        actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=issued.id)
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ({}, {"示例机械有限公司", "示例化工有限公司"}),
        ({"grades": ["major"]}, {"示例化工有限公司"}),
        ({"units": [TOWNSHIP]}, {"示例机械有限公司"}),
        ({"levels": ["township"]}, {"示例化工有限公司"}),
        ({"industries": ["machinery"], "grades": ["general"]}, {"示例机械有限公司"}),
    ],
)
def test_the_filter_finds_its_enterprises(bound, second, draft, now, choice, names):
    row = actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=draft(**choice).id)
    assert {receipt.enterprise.name for receipt in row.receipts.select_related("enterprise")} == names


def test_nobody_to_send_to_is_said_and_the_draft_stays(bound, draft, now):
    row = draft(grades=["low"])
    with refused("no_targets"):
        actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=row.id)
    assert PolicyNotice.objects.get().state == "draft"


def test_an_office_sends_only_within_its_territory(draft):
    with refused("unit_outside"):
        draft(units=[371311000000])


def test_the_reach_of_a_draft_is_shown_by_unit(bound, second, draft, today):
    assert [(line.name, line.total) for line in audience(draft(), on=today)] == [("白沙埠镇", 1), ("枣园镇", 1)]


def test_who_leads_the_enterprise_now_relays_whoever_led_it_at_the_issue(bound, issued, now):
    bound.enterprise.assignments.update(valid_to=now.date())
    bind(bound.enterprise, bound.township_officer, now, since=now.date())
    with refused("not_yours"):
        relayed(bound, now, issued, enterprise_ids=[bound.enterprise.id])
    assert relayed(bound, now, issued, by="township_officer") == 1
    assert Receipt.objects.get().relayed_by_id == bound.township_officer.person.id


def test_a_receipt_is_the_record_and_no_contact_is_written_beside(bound, issued, now):
    relayed(bound, now, issued)
    assert not Contact.objects.exists()
    person = bound.village_cadre.person.id
    assert queries.relays_of(person, now.date(), now.date() + timedelta(days=1)) == 1
    assert list(faults()) == []


def test_what_is_relayed_twice_is_relayed_once(bound, issued, now):
    relayed(bound, now, issued)
    with refused("nothing_to_relay"):
        relayed(bound, now + timedelta(days=1), issued, how="in_person")
    assert Receipt.objects.get().relayed_at == now


def test_a_mark_can_be_taken_back_by_who_made_it(bound, issued, now):
    relayed(bound, now, issued)
    with refused("nothing_to_relay"):
        actions.unrelay(by=bound.county_leader.actor, now=now, notice_id=issued.id, at=now)
    assert actions.unrelay(by=bound.village_cadre.actor, now=now, notice_id=issued.id, at=now) == 1
    assert Receipt.objects.get().relayed_by_id is None


def test_a_supervisor_marks_only_enterprises_of_their_own(bound, second, draft, now):
    row = actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=draft().id)
    with refused("not_yours"):
        relayed(bound, now, row, enterprise_ids=[bound.enterprise.id, second.id])
    assert not Receipt.objects.exclude(relayed_at=None).exists()


def test_an_office_marks_for_its_territory_and_not_beyond(bound, issued, now):
    with refused("not_found"):
        relayed(bound, now, issued, by="stranger", enterprise_ids=[bound.enterprise.id])
    assert relayed(bound, now, issued, by="township_officer", enterprise_ids=[bound.enterprise.id]) == 1


def test_the_page_is_no_way_for_a_supervisor_to_relay(bound, issued, now):
    with refused("how_unknown"):
        relayed(bound, now, issued, how="page")


def test_the_enterprises_own_word_counts_as_received(bound, issued, now, today):
    actions.confirm_receipt(by=bound.principal.actor, now=now, notice_id=issued.id)
    assert progress(issued, by=bound.county_leader.actor, unit=LANSHAN, on=today).whole.open == 0
    with refused("already_confirmed"):
        actions.confirm_receipt(by=bound.principal.actor, now=now, notice_id=issued.id)


def test_a_recalled_notice_is_relayed_no_more(bound, issued, now):
    office = bound.county_leader.actor
    with refused("reason_missing"):
        actions.recall_notice(by=office, now=now, notice_id=issued.id, reason=" ")
    actions.recall_notice(by=office, now=now, notice_id=issued.id, reason="文号有误")
    with refused("notice_state"):
        relayed(bound, now, issued)
    assert queries.notices_to_relay(bound.village_cadre.person.id, on=now.date()).count == 0


def test_an_issued_notice_is_neither_changed_nor_thrown_away(bound, issued, now):
    office = bound.county_leader.actor
    with refused("notice_state"):
        actions.drop_notice(by=office, now=now, notice_id=issued.id)
    with refused("notice_state"):
        actions.keep_notice(by=office, now=now, data=actions.NoticeData("x", "y"), notice_id=issued.id)


def test_an_enterprise_sees_what_was_issued_to_it_and_no_draft(bound, draft, issued):
    draft(title="草稿")
    assert [row.id for row in queries.notices(bound.principal.actor)] == [issued.id]
    assert [row.id for row in queries.notices(bound.village_cadre.actor)] == [issued.id]
    assert not queries.notices(bound.stranger.actor).exists()


def test_progress_goes_from_the_county_to_the_people(bound, second, draft, now, today):
    row = actions.issue_notice(by=bound.county_leader.actor, now=now, notice_id=draft().id)
    relayed(bound, now, row)
    office = bound.county_leader.actor
    found = progress(row, by=office, unit=LANSHAN, on=today)
    assert [(line.name, line.total, line.done) for line in found.lines] == [("白沙埠镇", 1, 1), ("枣园镇", 1, 0)]
    people = progress(row, by=office, unit=371302102000, on=today)
    assert people.people
    assert [(line.name, line.open) for line in people.lines] == [("示例镇员", 1)]
    open_rows = rows_of(row, by=office, on=today, unit=LANSHAN, state="open")
    assert [each.enterprise.name for each in open_rows] == ["示例化工有限公司"]


def test_the_sum_of_the_units_is_the_whole(bound, second, draft, now, today):
    row = actions.issue_notice(by=bound.city_office.actor, now=now, notice_id=draft(by="city_office").id)
    found = progress(row, by=bound.city_office.actor, unit=371300000000, on=today)
    assert (found.whole.total, sum(line.total for line in found.lines), row.targets) == (3, 3, 3)


def test_the_receipts_are_exported_as_they_are_shown(bound, issued, now, today):
    relayed(bound, now, issued)
    target = BytesIO()
    assert write_receipts(target, issued, by=bound.county_leader.actor, on=today) == 1
    cells = [cell for table in read_tables(target.getvalue()) for row in table.rows for cell in row]
    assert {"示例机械有限公司", "示例村主任", "电话", "2026-11-24 10:00", "已传达"} <= set(cells)


def test_home_is_told_what_to_relay_in_one_query(bound, issued, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        found = queries.notices_to_relay(bound.village_cadre.person.id, on=now.date())
    assert (found.count, found.first[0].title, found.first[0].done, found.first[0].total) == (
        1, "关于加强冬季动火管理的通知", 0, 1,
    )  # fmt: skip


def test_an_enterprise_has_a_mark_for_what_it_has_not_seen(bound, issued, now):
    assert news(bound.principal.actor) == {"answers": 0, "relays": 1}
    assert "待签收" in bound.sign_in("principal").get("/policy-notices/").content.decode()
    actions.confirm_receipt(by=bound.principal.actor, now=now, notice_id=issued.id)
    assert news(bound.principal.actor) == {"answers": 0, "relays": 0}
    assert "已签收" in bound.sign_in("principal").get("/policy-notices/").content.decode()


def news(actor):
    return {name: rows.count() for name, rows in queries.news_for(actor).items()}


@pytest.mark.parametrize(("data", "kind"), [(pdf(), "pdf"), (docx(), "docx"), (picture(), "jpeg")])
def test_an_attachment_is_kept_under_a_name_of_ours(bound, now, data, kind):
    said = actions.NoticeData("通知", "要点")
    file = Attached("..\\..\\evil/通知附件.exe", BytesIO(data))
    row = actions.keep_notice(by=bound.county_leader.actor, now=now, data=said, attached=file)
    assert (row.file_kind, row.file_name.split(".")[0]) == (kind, "通知附件")
    assert row.file.startswith("notices/")
    assert media.fetch(row.file)


@pytest.mark.parametrize("data", [SVG, b"<html>", pdf() + docx(), b""])
def test_a_bad_attachment_leaves_neither_notice_nor_file(bound, now, data):
    from anwang.domain.base import Refusal

    said = actions.NoticeData("通知", "要点")
    with pytest.raises(Refusal, match=r"^file_"):
        raise_as_code(lambda: actions.keep_notice(
            by=bound.county_leader.actor, now=now, data=said, attached=Attached("x.pdf", BytesIO(data))))  # fmt: skip
    assert not PolicyNotice.objects.exists()


def raise_as_code(act):
    from anwang.domain.base import Refusal

    try:
        act()
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.code) from None


def test_a_draft_thrown_away_takes_its_file_along(bound, now, django_capture_on_commit_callbacks):
    office = bound.county_leader.actor
    said = actions.NoticeData("通知", "要点")
    row = actions.keep_notice(by=office, now=now, data=said, attached=Attached("x.pdf", BytesIO(pdf())))
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_notice(by=office, now=now, notice_id=row.id)
    assert media.fetch(row.file) is None
