"""The outbox: the same thing is told once, at an hour when it may ring, again after a failure, and not for ever."""

from datetime import timedelta

import pytest
from django.db import transaction

from anwang.adapters.channels import ChannelFault
from anwang.domain.base import Reason
from anwang.features.notices import actions
from anwang.features.notices.models import Delivery, Message
from tests.refusals import refused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def states():
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_the_same_key_is_told_once(tell, wire, reachable):
    assert tell("task-7")
    assert not tell("task-7", title="另一句")
    assert Message.objects.get().title == "有一件事"
    assert Delivery.objects.count() == 1


def test_a_message_is_undone_with_the_act_that_it_tells_of(tell):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.slow
def test_many_messages_cost_few_queries(cast, now, reachable, django_assert_max_num_queries):
    drafts = [actions.Draft(cast.village_cadre.person.id, "test", f"k{n}", "有事") for n in range(400)]
    with django_assert_max_num_queries(30):
        assert actions.enqueue_many(by=cast.system, now=now, drafts=[*drafts, drafts[0]]) == 400


def test_a_reason_is_told_in_the_language_of_the_recipient(cast, tell):
    cast.village_cadre.user.language = "en"
    cast.village_cadre.user.save()
    tell("en", title=Reason("x", "已逾期"))
    tell("zh", to=cast.county_leader.person.id, title=Reason("x", "已逾期"))
    assert [m.title for m in Message.objects.order_by("key")] == ["Overdue", "已逾期"]


def test_a_title_cannot_bring_a_header_of_its_own(tell, wire, reachable, deliver):
    tell(title="退回\r\nBcc: a@b.example", body="一\r\n二\x00")
    deliver()
    assert (wire.sent[0].title, wire.sent[0].body) == ("退回 Bcc: a@b.example", "一\n二")


def test_a_link_leads_nowhere_else(tell):
    tell("a", link="https://elsewhere.example/")
    tell("b", link="/duties/")
    assert [m.link for m in Message.objects.order_by("key")] == ["", "/duties/"]


def test_a_message_goes_out_once(tell, wire, reachable, deliver):
    tell()
    deliver()
    deliver()
    assert [out.to for out in wire.sent] == ["示例地址"]
    assert states() == ["sent"]


def test_nobody_without_a_proved_address_gets_anything(cast, tell, wire, reachable, deliver):
    type(reachable).objects.update(verified_at=None)
    tell()
    assert Message.objects.exists()
    assert not Delivery.objects.exists()


def test_what_waits_for_a_channel_that_was_switched_off_is_not_sent(cast, now, tell, wire, reachable, deliver):
    tell()
    actions.set_enabled(by=cast.village_cadre.actor, now=now, channel="wire", enabled=False)
    deliver()
    assert wire.sent == []
    assert not Delivery.objects.exists()
    assert Message.objects.exists()


@pytest.mark.slow
def test_at_night_and_on_days_of_rest_it_waits(tell, wire, reachable, deliver, now):
    friday_night = now + timedelta(days=3, hours=11)
    tell(now=friday_night)
    tell("urgent", kind="returned", urgent=True, now=friday_night)
    assert deliver(friday_night).counts["held"] == 2
    deliver(friday_night + timedelta(hours=11))  # Saturday, eight in the morning
    assert len(wire.sent) == 1
    deliver(friday_night + timedelta(days=1))
    assert len(wire.sent) == 1
    deliver(friday_night + timedelta(days=2, hours=11))  # Monday
    assert states() == ["sent", "sent"]


@pytest.mark.slow
def test_a_person_gets_no_more_than_the_limit_of_a_day_except_what_is_urgent(tell, wire, reachable, deliver, now):
    for n in range(5):
        tell(f"k{n}")
    tell("urgent", urgent=True)
    assert deliver().counts == {"sent": 4, "held": 2}
    assert deliver(now + timedelta(hours=1)).counts["sent"] == 0
    assert deliver(now + timedelta(days=1)).counts["sent"] == 2


@pytest.mark.slow
def test_a_channel_sends_no_more_than_its_minute_allows(cast, now, tell, wire, reachable, deliver, rule):
    limited = type(rule.sending)(1000, 2, 3, 2, 10, 180)
    object.__setattr__(rule, "sending", limited)
    for n in range(5):
        tell(f"k{n}")
    assert deliver().counts["sent"] == 2
    assert deliver().counts["sent"] == 0
    assert deliver(now + MINUTE).counts["sent"] == 2


def test_a_failure_is_tried_again_later_each_time_and_given_up_at_last(tell, wire, reachable, deliver, now):
    wire.faults = [ChannelFault("odd")] * 9
    tell()
    assert deliver().counts["failed"] == 1
    assert deliver(now + MINUTE).counts["failed"] == 0
    assert deliver(now + 2 * MINUTE).counts["failed"] == 1
    assert deliver(now + 5 * MINUTE).counts["failed"] == 0
    assert deliver(now + 6 * MINUTE).counts["given_up"] == 1
    assert (states(), Delivery.objects.get().error) == (["given_up"], "odd")


def test_what_is_refused_for_good_is_not_tried_again(tell, wire, reachable, deliver):
    wire.faults = [ChannelFault("refused", permanent=True)]
    tell()
    assert deliver().counts["given_up"] == 1


def test_a_fault_of_ours_spoils_one_message_only(tell, wire, reachable, deliver, caplog):
    wire.faults = [KeyError("x")]
    tell("a")
    tell("b")
    deliver()
    assert sorted(states()) == ["failed", "sent"]
    assert "failed" in caplog.text


@pytest.mark.slow
def test_while_a_channel_is_down_nothing_is_given_up(tell, wire, reachable, deliver, now):
    for n in range(3):
        tell(f"k{n}")
    wire.shut = ChannelFault("unreachable", down=True)
    for n in range(20):
        assert deliver(now + n * 10 * MINUTE).down == {"wire": "unreachable"}
    assert states() == ["failed"] * 3
    wire.shut = None
    deliver(now + timedelta(hours=4))
    assert states() == ["sent"] * 3


def test_a_channel_that_breaks_down_midway_keeps_what_is_left(tell, wire, reachable, deliver, now):
    wire.faults = [None, ChannelFault("cut", down=True)]
    for n in range(3):
        tell(f"k{n}")
    assert deliver().down == {"wire": "cut"}
    assert sorted(states()) == ["failed", "failed", "sent"]
    deliver(now + 5 * MINUTE)
    assert len(wire.sent) == 3


def test_a_message_of_a_dead_worker_is_sent_by_another_after_the_lease(tell, wire, reachable, deliver, now):
    tell()
    wire.faults = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        deliver()
    assert states() == ["sending"]
    assert deliver(now + 4 * MINUTE).counts["sent"] == 0
    assert deliver(now + 6 * MINUTE).counts["sent"] == 1


def test_the_system_administrator_tries_again_what_was_given_up(cast, now, tell, wire, reachable, deliver):
    wire.faults = [ChannelFault("refused", permanent=True)]
    tell()
    deliver()
    with refused("not_administrator"):
        actions.retry(by=cast.village_cadre.actor, now=now)
    assert actions.retry(by=cast.system, now=now, deliveries=[Delivery.objects.get().id]) == 1
    deliver()
    assert states() == ["sent"]


def test_old_messages_go(cast, now, tell, reachable, wire):
    tell("old")
    tell("new", now=now + timedelta(days=100))
    assert actions.tidy(by=cast.system, now=now + timedelta(days=181), keep_days=180) == 1
    assert Message.objects.get().key == "new"
