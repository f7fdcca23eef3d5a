"""What a page costs over a bare one, and a record over a bare insert, beside what `anwang demo` makes.

`python -m bench web`; BENCH_DEMO=city takes the whole city instead of a county. All runs in one process: requests
go to the WSGI application itself, so neither a server nor a client is measured; both have the same cost.
"""

from __future__ import annotations

import gzip
import os
import statistics
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

Line = dict[str, Any]
SIZE = os.environ.get("BENCH_DEMO", "county")
TIMES, RECORDS = 150, 200
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.config.settings")
Send = Callable[[], bytes]


def prepared() -> float:
    """An empty database, filled by the commands of the product; seconds of filling it."""
    from anwang.config.cli import cli

    cli.main(["migrate"], standalone_mode=False)
    started = time.perf_counter()
    cli.main(["demo", "--size", SIZE], standalone_mode=False)
    return time.perf_counter() - started


def bare_page() -> Send:
    """A view without middleware: one query through an index, ten rows in a template."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.template import engines
    from django.test import override_settings
    from django.urls import path

    from anwang.features.duties.models import Contact

    template = engines["django"].from_string(
        "<!doctype html><table>{% for row in rows %}<tr><td>{{ row.occurred_on }}<td>{{ row.form }}<td>{{ row.note }}"
        "{% endfor %}</table>"
    )
    person = Contact.objects.values_list("person_id", flat=True)[0]

    def view(request: Any) -> HttpResponse:
        rows = Contact.objects.filter(person_id=person).order_by("-occurred_on")[:10]
        return HttpResponse(template.render({"rows": rows}, request))

    urls = type("Urls", (), {"urlpatterns": [path("bare/", view)]})
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF=urls):
        handler = WSGIHandler()
    # The bare page lives under its own URLs; the product's are looked up again for every other request.
    inner = handler.get_response

    def respond(request: Any) -> Any:
        request.urlconf = urls
        return inner(request)

    handler.get_response = respond  # type: ignore[method-assign]
    return sender(handler, "/bare/", {})


def sender(handler: Any, address: str, cookies: dict[str, str]) -> Send:
    """A GET of an address as a server would hand it over."""
    from django.test import RequestFactory

    factory = RequestFactory()
    factory.cookies = SimpleCookie(cookies)

    def send() -> bytes:
        status: list[str] = []
        environ = factory.get(address, HTTP_HOST="127.0.0.1").environ
        answer = handler(environ, lambda line, headers: status.append(line))
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{address}: {status[0]}")
        return body

    return send


def milliseconds(send: Send) -> float:
    """Median CPU of a request, warm."""
    for _ in range(10):
        send()
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        send()
        taken.append(time.process_time() - started)
    return statistics.median(taken) * 1000


def supervisor() -> Any:
    """The sign-in of a county's supervisor with duties to do, and what is signed in with it."""
    from anwang.features.grid.models import Post

    rows = Post.objects.filter(kind="county_bureau", person__user__isnull=False, valid_to=None)
    return rows.select_related("person__user").order_by("id")[0]


def pages(post: Any) -> dict[str, Send]:
    """The three pages of the target, and some others, as this supervisor and leader sees them."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

    from anwang.features.assignments.models import Assignment

    browser = Client()
    browser.force_login(post.person.user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}
    firm = Assignment.objects.filter(person=post.person, valid_to=None).values_list("enterprise_id", flat=True)[0]
    handler = WSGIHandler()
    addresses = {
        "supervisor's own duties": "/duties/",
        "leader's home": "/",
        "leader's table": "/table/",
        "record form": f"/contacts/new/?enterprise={firm}&form=call",
        "enterprise list": "/enterprises/",
        "overdue of a county": "/duties/all/?state=overdue",
    }
    return {name: sender(handler, address, cookies) for name, address in addresses.items()}


def page_lines(bare: float, post: Any) -> list[Line]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lines = []
    for name, send in pages(post).items():
        cpu = milliseconds(send)
        with CaptureQueriesContext(connection) as queries:
            body = send()
        packed = len(gzip.compress(body)) / 1024
        what = f"{name}: {len(queries)} queries, {packed:.0f} KB compressed"
        lines.append(
            {"line": what, "value": round(cpu, 2), "unit": "ms CPU", "baseline": f"bare page {bare:.2f} ms",
             "ratio": round(cpu / bare, 2), "target": "≤ 3 ×, ≤ 12 queries"}
        )  # fmt: skip
    return lines


def record_line() -> Line:
    """Recording a call that meets a duty, against a bare insert of the same row; both are on disk when they return."""
    from django.utils import timezone

    from anwang.domain.base import SYSTEM
    from anwang.domain.calendar import local_day
    from anwang.domain.duties.rules import Form
    from anwang.features.duties.actions import ContactData, Entry, record_contact
    from anwang.features.duties.models import Contact, Obligation

    now = timezone.now()
    open_rows = Obligation.objects.filter(rule="N7.2", done_at=None, waived_at=None, start__lte=local_day(now))
    given = {"with_whom": "principal", "reached": "yes", "problems_raised": "no"}
    day = local_day(now)
    data = [
        ContactData(
            uuid4(), row.enterprise_id, row.person_id, Form.CALL, day, (Entry("N7.2", row.id, given),),
            late_reason="补记", captured_at=now,
        )
        for row in open_rows[:RECORDS]
    ]  # fmt: skip
    started = time.perf_counter()
    for each in data:
        record_contact(by=SYSTEM, now=now, data=each)
    recording = len(data) / (time.perf_counter() - started)
    copies = list(Contact.objects.order_by("-id")[: len(data)])
    started = time.perf_counter()
    for each in copies:
        each.pk, each.client_id = None, uuid4()
        each.save(force_insert=True)
    inserting = len(copies) / (time.perf_counter() - started)
    return {
        "line": "recording a contact that meets a duty, with its tally and trail", "value": round(recording),
        "unit": "/s", "baseline": f"bare insert {inserting:.0f}/s", "ratio": round(recording / inserting, 2),
        "target": "≥ 1/2",
    }  # fmt: skip


def run() -> list[Line]:
    """The lines of `make bench`."""
    made = prepared()
    bare = milliseconds(bare_page())
    first = {"line": f"anwang demo --size {SIZE}", "value": round(made, 1), "unit": "s", "baseline": "", "ratio": None,
             "target": "≤ 60 s" if SIZE == "county" else ""}  # fmt: skip
    return [first, *page_lines(bare, supervisor()), record_line()]
