"""My messages are mine: the list, the mark, the address proved by a code, the channel switched off."""

import re
import smtplib

import pytest
from django.core import mail
from django.urls import reverse

from anwang.adapters.mail import Mail
from anwang.features.audit.models import AuditEvent
from anwang.features.grid import queries as grid
from anwang.features.notices import actions, queries
from anwang.features.notices.models import Address, Delivery, DeliveryState, Message
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def unread(member, now):
    return queries.own(member.actor, now=now).filter(opened=False).count()


@pytest.fixture
def cadre(cast):
    return cast.sign_in("village_cadre")


@pytest.fixture
def proved(cast, cadre):
    """The cadre's mail address, proved by the code that came."""
    cadre.post(reverse("message_address"), {"channel": "mail", "value": "cadre@Mail.Example"})
    code = re.search(r"\d{6}", mail.outbox.pop().body)[0]
    cadre.post(reverse("message_verify"), {"channel": "mail", "code": code})
    return Address.objects.get()


def test_the_list_shows_what_is_mine_and_marks_what_is_new(cast, tell, cadre):
    tell("mine", title="我的一件事", body="第一行\n第二行", link="/duties/")
    tell("other", to=cast.county_leader.person.id, title="别人的事")
    page = cadre.get(reverse("message_list")).content.decode()
    assert "我的一件事" in page
    assert "别人的事" not in page
    assert "未读" in page


def _unread(member, now):
    """What the bell says: it is read with the post that is worn."""
    return grid.held_by(member.user, now=now)[0].unread


def test_opening_a_message_marks_it_for_me_and_leaves_no_trace(cast, tell, cadre, now):
    tell()
    before = AuditEvent.objects.count()
    assert cadre.get(reverse("message_open", args=[Message.objects.get().id])).status_code == 200
    assert unread(cast.village_cadre, now) == 0
    assert AuditEvent.objects.count() == before
    assert {f.name for f in Message._meta.fields if "open" in f.name} == {"opened"}


def test_nobody_else_opens_my_message(cast, tell):
    tell()
    address = reverse("message_open", args=[Message.objects.get().id])
    assert cast.sign_in("city_office").get(address).status_code == 404
    assert not Message.objects.get().opened


def test_all_of_mine_are_marked_at_once(cast, tell, cadre, now):
    tell("a")
    tell("b")
    tell("other", to=cast.county_leader.person.id)
    cadre.post(reverse("message_open_all"))
    assert unread(cast.village_cadre, now) == 0
    assert unread(cast.county_leader, now) == 1


def test_the_first_page_asks_little(cast, tell, now, cadre, django_assert_max_num_queries):
    for n in range(5):
        tell(f"k{n}")
    with django_assert_max_num_queries(1):
        assert len(queries.latest(cast.village_cadre.actor, now=now)) == 3
    page = cadre.get(reverse("message_list")).content.decode()
    assert "消息，5 条未读" in page


def test_the_list_costs_the_same_few_queries(tell, cadre, django_assert_max_num_queries):
    for n in range(30):
        tell(f"k{n}")
    with django_assert_max_num_queries(12):
        cadre.get(reverse("message_list"))


def test_an_address_is_proved_by_the_code_that_was_sent_there(proved):
    assert proved.value == "cadre@mail.example"
    assert proved.verified_at
    assert proved.code_digest == ""


def test_neither_address_nor_code_stands_in_the_trail_or_in_clear(proved):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM notices_address")
        assert b"cadre@" not in bytes(cursor.fetchone()[0])
    assert not AuditEvent.objects.filter(body__contains="cadre@").exists()


def test_a_message_comes_as_plain_mail_that_says_where_to_stop_it(proved, tell, deliver):
    tell(title="两项即将到期", body="示例机械有限公司", link="/duties/")
    deliver()
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == (["cadre@mail.example"], "两项即将到期")
    assert sent.body.endswith("/duties/")
    headers = sent.message()
    assert headers["List-Unsubscribe"].endswith("/messages/settings/>")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert Message.objects.get().id.hex in headers["Message-ID"]


def test_while_the_mail_server_is_down_mail_waits(proved, tell, deliver, monkeypatch, now):
    def down(self):
        raise ConnectionRefusedError

    tell()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.open", down)
        assert deliver().down == {"mail": "mail_unreachable"}
    assert Delivery.objects.get().state == DeliveryState.FAILED
    deliver(now.replace(minute=5))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "code", "permanent", "down"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}), "mail_refused", True, False),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (451, b"later")}), "mail_refused", False, False),
        (smtplib.SMTPServerDisconnected(), "mail_unreachable", False, True),
        (TimeoutError(), "mail_unreachable", False, True),
        (smtplib.SMTPDataError(552, b"too big"), "mail_fault", False, False),
    ],
)
def test_what_a_mail_server_says_is_told_apart(monkeypatch, error, code, permanent, down):
    from anwang.adapters.channels import ChannelFault, Outgoing

    def fail(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with pytest.raises(ChannelFault) as caught, Mail().open() as send:
        send(Outgoing("k", "a@b.example", "题", "文"))
    assert (caught.value.code, caught.value.permanent, caught.value.down) == (code, permanent, down)


def test_a_wrong_code_can_be_tried_five_times(cast, cadre, now):
    cadre.post(reverse("message_address"), {"channel": "mail", "value": "cadre@mail.example"})
    me = {"by": cast.village_cadre.actor, "now": Address.objects.get().code_sent_at, "channel": "mail"}
    right = re.search(r"\d{6}", mail.outbox[0].body)[0]
    for _ in range(5):
        with refused("code_wrong"):
            actions.verify_address(code=f"{(int(right) + 1) % 10**6:06d}", **me)
    with refused("code_gone"):
        actions.verify_address(code=right, **me)


def test_a_code_is_sent_once_a_minute(cast, now):
    me = {"by": cast.village_cadre.actor, "now": now, "channel": "mail", "value": "a@mail.example"}
    actions.send_code(**me)
    with refused("code_too_soon"):
        actions.send_code(**me)


@pytest.mark.parametrize("value", ["", "nobody", "a@b", "a@b.example\nBcc: c@d.example", "张三@b.example"])
def test_what_is_no_address_is_refused(cast, now, value):
    with refused("bad_address"):
        actions.send_code(by=cast.village_cadre.actor, now=now, channel="mail", value=value)


def test_without_mail_settings_the_page_says_so(cadre, cast, now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "还没有设置邮件" in cadre.get(reverse("message_settings")).content.decode()
    with refused("channel_off"):
        actions.send_code(by=cast.village_cadre.actor, now=now, channel="mail", value="a@mail.example")


def test_mail_is_switched_off_and_on_and_the_list_stays(proved, cadre, tell, deliver):
    cadre.post(reverse("message_switch"), {"channel": "mail", "enabled": "0"})
    tell("off")
    cadre.post(reverse("message_switch"), {"channel": "mail", "enabled": "1"})
    tell("on")
    deliver()
    assert len(mail.outbox) == 1
    assert Message.objects.count() == 2


def test_an_address_is_forgotten(proved, cadre):
    cadre.post(reverse("message_forget"), {"channel": "mail"})
    assert not Address.objects.exists()


def test_the_system_administrator_sees_neither_recipient_nor_text(cast, tell, wire, reachable, deliver):
    from anwang.adapters.channels import ChannelFault
    from anwang.features.grid.models import Post

    wire.faults = [ChannelFault("mail_refused", permanent=True)]
    tell(title="不给管理员看的")
    deliver()
    Post.objects.filter(id=cast.stranger.post.id).update(kind="system_admin")
    browser = cast.sign_in("stranger")
    page = browser.get(reverse("delivery_list")).content.decode()
    assert "mail_refused" in page
    assert "不给管理员看的" not in page
    assert "示例村主任" not in page
    browser.post(reverse("delivery_retry"), {"selection": [Delivery.objects.get().id]})
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_others_do_not_see_how_channels_fare(cast):
    assert cast.sign_in("city_office").get(reverse("delivery_list")).status_code == 404
