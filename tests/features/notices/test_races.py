"""Two workers at once send every message once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, connections

from anwang.features.notices.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_connections():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory")


def at_once(*acts):
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


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
