"""reliability.md 6: who reported, and in which words, stands nowhere but in the answer that two people unseal."""

import json
import logging
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from anwang.config import cli
from anwang.config import pages as config_pages
from anwang.config.access import AccessMiddleware, opens, pages
from anwang.features.audit import actions as audit
from anwang.features.reminders import actions as reminders
from anwang.features.reports import actions
from anwang.features.reports.models import Report
from tests.conftest import NOW
from tests.features.reports.conftest import NAME, PHONE, TOLD, WORDS
from tests.features.reports.test_public_pages import CODE, with_place
from tests.features.reports.test_unsealing import WHY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: The last is the public.
EVERYBODY = ["village_cadre", "township_officer", "county_leader", "city_office", "stranger", "principal", ""]
SIGNED_IN = {"is_authenticated": True, "must_change": False}
MORE = "俺昨儿夜班又瞅见一回"
WHO = {NAME, PHONE}
#: The one page that has to show the words, to the clerk who puts them into others; never who said them.
CLERKS = "/reports/words/{}/"


def forms(text):
    """A text in the encodings in which it might lie somewhere."""
    return {text.encode(), text.encode("utf-16-le"), text.encode("gb18030"), json.dumps(text)[1:-1].encode()}


def found(data, *, also=()):
    """Which of the reporter's secrets stand in bytes."""
    secrets = WHO | {WORDS, MORE, WORDS[:12], MORE[:8]} | set(also)
    return {secret for secret in secrets if any(form in data for form in forms(secret))}


def every_path(ours):
    """(name, path) of every address that can be filled with what is there."""

    def names(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern.url_patterns)
            elif pattern.name in pages() and pattern.name not in {"account_logout"}:
                yield pattern.name, tuple(pattern.pattern.converters)

    for name, parameters in names(get_resolver().url_patterns):
        try:
            yield name, reverse(name, kwargs={key: ours.get(key, 1) for key in parameters})
        except NoReverseMatch:
            yield name, reverse(name, kwargs={key: UUID(int=1) if key.endswith("_id") else "x" for key in parameters})


def is_shut(actor, name, path):
    """Whether the address is refused before any view is asked: the real gate decides, with a request of the person."""
    if opens(actor, name) or not isinstance(pages()[name], frozenset):
        return False
    request = RequestFactory().get(path)
    request.user, request.actor, request.resolver_match = SimpleNamespace(**SIGNED_IN), actor, resolve(path)
    try:
        answer = AccessMiddleware(lambda _: None).process_view(request, None, (), {})
    except Http404:
        return True
    return answer is not None and answer.status_code == 403


def doors(actor, ours, only=frozenset()):
    """Every address that answers the person by itself, and one of those that are shut: they all answer alike.

    `only` names the pages that a test of the walk itself asks for.
    """
    shut = None
    for name, path in every_path(ours):
        if only and name not in only:
            continue
        if actor is not None and is_shut(actor, name, path):
            shut = path
        elif actor is not None or pages()[name] == "anyone":
            yield path
    if actor is not None and not only:
        assert shut, "somebody to whom every page is open"
        yield shut


def sweep(cast, row, code, people=EVERYBODY, only=frozenset()):
    """What of the reporter stands in any page of anybody; the clerk's own page is looked at by itself."""
    ours = {
        "enterprise_id": cast.enterprise.id, "report_id": row.id, "code": cast.township_officer.post.unit,
        "unit": 371302000000, "key": cast.enterprise.credit_code, "format": "pdf", "kind": "attachment5",
        "form": "xlsx",
        "person_id": cast.village_cadre.person.id, "post_id": cast.village_cadre.post.id, "token": "A" * 16,
        "follow_up_id": row.follow_ups.first().id, "report_photo_id": row.photos.get().id, "client_id": uuid4(),
    }  # fmt: skip
    leaks = []
    for who in people:
        browser, actor = (cast.sign_in(who), getattr(cast, who).actor) if who else (Client(), None)
        for path in doors(actor, ours, only):
            answer = browser.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            secrets = found(body + repr(answer.headers).encode(), also=[code])
            if path == CLERKS.format(row.id):
                secrets &= WHO | {code}
            leaks += [(who, path, secret) for secret in secrets]
    return leaks


def stored(code):
    """Where in the database and in the data folder something of the reporter stands in clear."""
    leaks = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for line in cursor.fetchall():
                text = b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in line)
                leaks += [(table, secret) for secret in found(text, also=[code, code.replace("-", "")])]
    for path in Path(settings.ANWANG_DATA).rglob("*"):
        if path.is_file() and "numba" not in path.parts:
            leaks += [(path.name, secret) for secret in found(path.read_bytes(), also=[code])]
    return leaks


def hasten(monkeypatch):
    """The walk without what says nothing more: copies of what templates were given, and the same 404 again and again.

    The page of what is not found is given nothing but the person; it is read once for each. Given anything else, it
    is made each time.
    """
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *given, **more: None)
    real, seen = config_pages.render, set()

    def render(request, *given, **more):
        key = (request.user.pk, repr(given), repr(more))
        if given == ("web/404.html",) and key in seen:
            return HttpResponse(status=404)
        seen.add(key)
        return real(request, *given, **more)

    monkeypatch.setattr(config_pages, "render", render)


@pytest.mark.parametrize("secret", [WORDS, NAME, PHONE, MORE])
def test_the_walk_hears_a_leak_on_a_page_and_in_the_database(bound, sent, monkeypatch, secret):
    row, code = sent
    hasten(monkeypatch)
    row.photos.create(path="")
    assert sweep(bound, row, code, ["township_officer"], {"report"}) == []
    Report.objects.filter(id=row.id).update(text=f"有人说{secret}")
    leaks = sweep(bound, row, code, ["township_officer"], {"report"})
    assert ("township_officer", f"/reports/{row.id}/", secret) in leaks
    assert stored(code) == []
    audit.record(by=bound.system, now=NOW, action="x", note=secret)
    assert ("audit_auditevent", secret) in stored(code)


def test_the_canary_is_heard_where_it_sings():
    assert found(f"a{NAME}b".encode()) == {NAME}
    assert found(json.dumps({"x": WORDS}).encode()) == {WORDS, WORDS[:12]}


def test_nobody_and_nothing_knows_who_reported_but_the_two_who_unseal(bound, now, caplog, capsys, monkeypatch):
    caplog.set_level(logging.DEBUG)
    hasten(monkeypatch)
    nonce, photo = str(uuid4()), SimpleUploadedFile(f"{NAME}.jpg", with_place(), "image/jpeg")
    form = {"kind": "hazard", "words": WORDS, "name": NAME, "phone": PHONE, "nonce": nonce, "photos": photo}
    reporter, page = Client(), f"/report/at/{bound.enterprise.credit_code}/"
    answer = reporter.post(page, form)
    assert not found(answer.content)
    code, row = CODE.search(answer.content.decode())[1], Report.objects.get()
    clerk = bound.county_leader
    assert WORDS in bound.sign_in("county_leader").get(CLERKS.format(row.id)).content.decode()
    reminders.tick(by=bound.system, now=now, force=True)
    assert (sweep(bound, row, code, ["county_leader"]), stored(code)) == ([], [])

    word = row.words.get()
    actions.retell(by=clerk.actor, now=now, report_id=row.id, word_id=word.id, text=TOLD, photos=True)
    desk = {"by": bound.township_officer.actor, "now": now, "report_id": row.id}
    actions.accept(**desk)
    actions.close(**desk, text="已修复并复核")
    said = reporter.post("/report/follow/", {"code": code, "act": "unsolved", "words": MORE})
    assert not found(said.content)
    actions.retell(by=clerk.actor, now=now, report_id=row.id, word_id=row.words.last().id, text="问题再次出现")
    asked = actions.ask_unsealing(by=bound.city_office.actor, now=now, number=row.number, reason=WHY)
    assert WORDS not in bound.sign_in("city_office").get(f"/reports/unsealings/{asked.id}/").content.decode()
    path = f"/reports/unsealings/{asked.id}/"
    assert clerk_approves(bound, path) == 302
    shown = bound.sign_in("city_office").post(path + "show/")
    assert found(shown.content) >= {NAME, PHONE, WORDS, MORE}
    assert bound.sign_in("city_office").post(path + "show/").status_code == 409

    reminders.tick(by=bound.system, now=now, force=True)
    for command in (["reports", "list", "--json"], ["reports", "settle", "--json"], ["notices", "list", "--json"]):
        with suppress(SystemExit):
            cli.main(command)
    printed = capsys.readouterr()
    assert (sweep(bound, row, code), stored(code)) == ([], [])
    assert not found((printed.out + printed.err + caplog.text).encode(), also=[code])
    assert not found("".join(f"{m.subject}{m.body}" for m in mail.outbox).encode())


def clerk_approves(cast, path):
    return cast.sign_in("county_leader").post(path, {"act": "approve", "reason": WHY}).status_code


def test_an_address_is_shut_only_when_its_view_is_never_asked(bound):
    cadre = bound.village_cadre
    for name, path in every_path({"enterprise_id": bound.enterprise.id}):
        if is_shut(cadre.actor, name, path):
            assert pages()[name].isdisjoint(cadre.actor.roles)
    assert is_shut(cadre.actor, "report_words", reverse("report_words"))
    assert not is_shut(bound.county_leader.actor, "report_words", reverse("report_words"))
    assert not is_shut(cadre.actor, "report_start", reverse("report_start"))
