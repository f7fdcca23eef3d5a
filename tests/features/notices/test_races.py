"""Two workers at once send every message once."""

from time import sleep

import pytest

from anwang.features.notices.models import Message
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]


def test_two_workers_send_each_message_once(tell, wire, reachable, deliver, rule):
    object.__setattr__(rule, "sending", type(rule.sending)(1000, 1000, 3, 2, 10, 180))
    for n in range(20):
        tell(f"k{n}")
    send = wire.send

    def slowly(outgoing):
        sleep(0.005)
        send(outgoing)

    wire.send = slowly
    done = at_once(deliver, deliver, deliver)
    assert sorted(out.key for out in wire.sent) == sorted(row.id.hex for row in Message.objects.all())
    assert sum(run.counts["sent"] for run in done) == 20


def test_the_same_key_queued_at_once_is_told_once(tell):
    assert sorted(at_once(*[tell] * 4)) == [False, False, False, True]
    assert Message.objects.count() == 1
