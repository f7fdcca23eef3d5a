"""Lists, the page of one duty, and who sees none of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from anwang.domain.base import Refusal
from anwang.features.assignments.models import Assignment
from anwang.features.duties.actions import open_duties, say_able, say_unable, unwaive, waive
from anwang.features.duties.models import Contact, Obligation, Unable
from anwang.features.duties.queries import STATES, in_state, shown, strips, tally_faults
from anwang.features.enterprises.models import Enterprise

from .conftest import bind
from .pages import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


ODD = ["period=2026Q4", "period=nonsense", "rule=N7.2", "enterprise=x", "page=999", "per_page=7", "person=9", "place=1"]
ACTS = ["obligation_waive", "obligation_unwaive", "obligation_unable", "obligation_able"]


def row_of(opened, rule, enterprise=None):
    return Obligation.objects.get(enterprise=enterprise or opened.enterprise, rule=rule)


@pytest.fixture
def recorded(opened, today):
    """The cadre has called the enterprise."""
    page = f"{reverse('contact_new')}?enterprise={opened.enterprise.id}"
    row = row_of(opened, "N7.2")
    opened.sign_in("village_cadre").post(page, form_of(today, row.id, rules=["N7.2"]))
    return Contact.objects.get()


def test_my_list_shows_mine_and_no_others(opened):
    text = opened.sign_in("village_cadre").get(reverse("duty_home") + "?state=all").content.decode()
    assert opened.enterprise.name in text
    assert opened.elsewhere.name not in text


@pytest.mark.parametrize("state", [*STATES, "all"])
def test_every_tab_opens(opened, state):
    assert opened.sign_in("village_cadre").get(f"{reverse('duty_home')}?state={state}").status_code == 200


@pytest.mark.parametrize("query", ODD)
def test_an_odd_filter_is_no_fault(opened, query):
    assert opened.sign_in("county_leader").get(f"{reverse('duty_list')}?{query}").status_code == 200


def test_the_tabs_agree_with_the_one_status(opened, today, now):
    """What a tab selects in the database is what `status` calls overdue, done or waived."""
    waive(by=opened.system, now=now, obligation_id=row_of(opened, "N7.7").id, reason="停产")
    Obligation.objects.filter(rule="N7.2").update(due=today, miss=today + timedelta(days=1))
    Obligation.objects.filter(rule="N7.3").update(due=today.replace(day=20), miss=today.replace(day=22))
    rows = {row.id: row for row in shown(Obligation.objects.select_related("enterprise", "person"), today)}
    late = set(Obligation.objects.filter(in_state("overdue", today)).values_list("id", flat=True))
    soon = set(Obligation.objects.filter(in_state("soon", today)).values_list("id", flat=True))
    assert late == {key for key, row in rows.items() if row.light == "red" and row.due < today}
    assert soon == {key for key, row in rows.items() if row.label == "即将到期"}
    assert late


def test_the_year_has_thirty_nine_cells_in_the_order_of_the_strip(opened, today):
    cells = strips([opened.enterprise.id], today)[opened.enterprise.id]
    assert [cell.span for cell in cells] == [1] * 24 + [6] * 12 + [12] * 2 + [24]
    assert cells[21].state == "open"
    assert cells[22].state == "ahead"
    assert cells[0].state == "none"


def test_a_reason_marks_the_cell_and_never_moves_the_day(opened, now, today):
    row = row_of(opened, "N7.7")
    say_unable(by=opened.village_cadre.actor, now=now, obligation_id=row.id, reason="厂区改造，年底复产后演练")
    assert row_of(opened, "N7.7").due == row.due
    assert strips([opened.enterprise.id], today)[opened.enterprise.id][38].state == "unable"
    say_able(by=opened.village_cadre.actor, now=now, obligation_id=row.id)
    assert strips([opened.enterprise.id], today)[opened.enterprise.id][38].state == "open"
    assert Unable.objects.get().ended_at == now


def test_a_later_reason_replaces_the_one_before(opened, now):
    row = row_of(opened, "N7.7")
    for reason in ("停电", "检修"):
        say_unable(by=opened.village_cadre.actor, now=now, obligation_id=row.id, reason=reason)
    assert Unable.objects.get(ended_at=None).reason == "检修"


def test_a_leader_waives_with_a_reason_and_takes_it_back(opened, now):
    row = row_of(opened, "N7.7")
    client = opened.sign_in("county_leader")
    client.post(reverse("obligation_waive", args=[row.id]), {"reason": "全年停产"})
    assert row_of(opened, "N7.7").waive_reason == "全年停产"
    client.post(reverse("obligation_unwaive", args=[row.id]))
    assert row_of(opened, "N7.7").waived_at is None
    assert tally_faults() == []


def test_a_supervisor_cannot_waive_what_he_owes(opened, now):
    row = row_of(opened, "N7.7")
    with pytest.raises(Refusal) as refused:
        waive(by=opened.village_cadre.actor, now=now, obligation_id=row.id, reason="忙")
    assert refused.value.code == "not_leader"
    address = reverse("obligation_waive", args=[row.id])
    assert opened.sign_in("village_cadre").post(address, {"reason": "忙"}).status_code == 404


@pytest.mark.parametrize("act", [waive, say_unable])
def test_the_neighbour_decides_nothing_here(opened, now, act):
    row = row_of(opened, "N7.7")
    with pytest.raises(Refusal) as refused:
        act(by=opened.stranger.actor, now=now, obligation_id=row.id, reason="越权")
    assert refused.value.code == "not_found"


def test_a_waiver_that_is_none_cannot_be_taken_back(opened, now):
    with pytest.raises(Refusal) as refused:
        unwaive(by=opened.county_leader.actor, now=now, obligation_id=row_of(opened, "N7.7").id)
    assert refused.value.code == "duty_not_waived"


@pytest.mark.parametrize("name", ["contact_detail", "contact_void", "contact_undo"])
def test_the_stranger_finds_no_record(recorded, opened, name):
    client = opened.sign_in("stranger")
    address = reverse(name, args=[recorded.id])
    answer = client.get(address) if name == "contact_detail" else client.post(address, {"reason": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["obligation_detail", *ACTS])
def test_the_stranger_finds_no_duty(opened, name):
    client = opened.sign_in("stranger")
    address = reverse(name, args=[row_of(opened, "N7.3").id])
    answer = client.get(address) if name == "obligation_detail" else client.post(address, {"reason": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["contact_new", "contact_list", "contact_duties"])
def test_the_stranger_finds_no_enterprise(opened, name):
    client = opened.sign_in("stranger")
    address = f"{reverse(name)}?enterprise={opened.enterprise.id}"
    assert (client.post(address) if name == "contact_duties" else client.get(address)).status_code == 404


def test_the_stranger_lists_only_his_own_county(recorded, opened):
    for name in ("duty_list", "contact_list"):
        text = opened.sign_in("stranger").get(f"{reverse(name)}?state=all").content.decode()
        assert opened.enterprise.name not in text
    theirs = f"{reverse('contact_list')}?person={opened.village_cadre.person.id}"
    text = opened.sign_in("stranger").get(theirs).content.decode()
    assert "示例村主任" not in text


def test_the_principal_reads_what_happened_here_and_no_more(recorded, opened, now):
    client = opened.sign_in("principal")
    assert client.get(reverse("contact_detail", args=[recorded.id])).status_code == 200
    assert client.get(f"{reverse('contact_list')}?enterprise={opened.elsewhere.id}").status_code == 404
    theirs = row_of(opened, "N7.3", opened.elsewhere)
    assert client.get(reverse("obligation_detail", args=[theirs.id])).status_code == 404
    assert client.get(f"{reverse('contact_new')}?enterprise={opened.enterprise.id}").status_code == 404
    assert client.post(reverse("contact_undo", args=[recorded.id])).status_code == 404


def test_a_supervisor_who_is_not_bound_is_told_so(opened, now):
    Assignment.objects.filter(enterprise=opened.enterprise).update(valid_to=now.date())
    answer = opened.sign_in("village_cadre").get(f"{reverse('contact_new')}?enterprise={opened.enterprise.id}")
    assert answer.status_code == 409
    assert "不由您包保" in answer.content.decode()


def test_the_page_of_a_duty_shows_how_it_changed_hands(opened, now):
    Assignment.objects.filter(enterprise=opened.enterprise).update(valid_to=now.date())
    bind(opened.enterprise, opened.township_officer, now, since=now.date())
    open_duties(by=opened.system, now=now)
    address = reverse("obligation_detail", args=[row_of(opened, "N7.3").id])
    text = opened.sign_in("county_leader").get(address).content.decode()
    assert "由 示例村主任 移交 示例镇员" in text


def test_the_name_of_an_enterprise_is_never_markup(opened):
    Enterprise.objects.filter(id=opened.enterprise.id).update(name="<b>甲</b>有限公司")
    text = opened.sign_in("village_cadre").get(reverse("duty_home") + "?state=all").content.decode()
    assert "<b>甲</b>" not in text


def test_the_list_of_records_names_the_duties_in_words(recorded, opened):
    text = opened.sign_in("village_cadre").get(reverse("contact_list")).content.decode()
    assert "半月联系" in text
    assert "N7.2" not in text
