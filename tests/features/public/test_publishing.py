"""An office publishes by the mark of disclosure, everyone reads at once, and it can be taken back."""

from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anwang.adapters import media
from anwang.domain.documents.tree import Disclosure
from anwang.features.audit.models import AuditEvent
from anwang.features.public import actions
from anwang.features.public.models import Publication
from anwang.features.statistics.models import Paper
from anwang.features.statistics.queries.papers import KINDS
from tests.cast import CITY, LANSHAN
from tests.features.advice.files import pdf
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def made(now, kind="attachment4", unit=LANSHAN, data=b"%PDF-1.7 made"):
    """A paper that this system made."""
    path = media.keep(data, folder="papers", suffix=".pdf")
    return Paper.objects.create(
        kind=kind, unit=unit, on=date(2026, 11, 1), form="pdf", title="八条规定", path=path,
        sha256=sha256(data).hexdigest(), made_at=now, made_by="x",
    )  # fmt: skip


def publish(cast, now, title="通报一", mark=Disclosure.PUBLIC, inside=b"", who="county_leader", on=date(2026, 11, 2)):
    file = BytesIO(pdf(inside)) if mark is Disclosure.PUBLIC else None
    data = actions.PublicationData(title, on, mark, "示〔2026〕1号")
    return actions.publish_file(by=getattr(cast, who).actor, now=now, data=data, file=file)


def listed(client):
    return client.get("/public/papers/").content.decode()


def test_a_paper_made_here_is_published_fetched_and_survives_the_clearing_of_its_original(client, cast, now):
    paper = made(now)
    row = actions.publish_paper(by=cast.county_leader.actor, now=now, paper_id=paper.id)
    media.drop(paper.path)
    assert "八条规定" in listed(client)
    answer = client.get(f"/public/papers/{row.id}/")
    assert answer.content == b"%PDF-1.7 made"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    again = client.get(f"/public/papers/{row.id}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if not kind.public])
def test_a_paper_with_telephones_is_never_published(client, cast, now, kind):
    with refused("disclosure_closed"):
        actions.publish_paper(by=cast.county_leader.actor, now=now, paper_id=made(now, kind).id)
    assert not Publication.objects.exists()


def test_what_is_to_be_asked_for_shows_its_title_and_how_to_ask_and_has_no_file(client, cast, now):
    row = publish(cast, now, "承诺书汇总", Disclosure.ON_REQUEST)
    text = listed(client)
    assert "承诺书汇总" in text
    assert "书面申请" in text
    assert f"/public/papers/{row.id}/" not in text
    assert client.get(f"/public/papers/{row.id}/").status_code == 404


def test_what_is_closed_cannot_be_published_at_all(cast, now):
    with refused("disclosure_closed"):
        publish(cast, now, mark=Disclosure.CLOSED)


def test_what_is_withdrawn_is_gone_at_once_and_can_be_put_back(client, cast, now):
    row, by = publish(cast, now), cast.county_leader.actor
    actions.withdraw(by=by, now=now, publication_id=row.id, reason="有误")
    assert "通报一" not in listed(client)
    assert client.get(f"/public/papers/{row.id}/").status_code == 404
    with refused("publication_state"):
        actions.withdraw(by=by, now=now, publication_id=row.id)
    actions.restore(by=by, now=now, publication_id=row.id)
    assert "通报一" in listed(client)
    names = list(
        AuditEvent.objects.filter(action__startswith="publication.").order_by("id").values_list("action", flat=True)
    )
    assert names == ["publication.publish", "publication.withdraw", "publication.restore"]


def test_a_file_is_published_once_and_not_restored_beside_its_successor(cast, now):
    row, by = publish(cast, now), cast.county_leader.actor
    with refused("published_already"):
        publish(cast, now, "又一次")
    actions.withdraw(by=by, now=now, publication_id=row.id)
    publish(cast, now, "又一次")
    with refused("published_already"):
        actions.restore(by=by, now=now, publication_id=row.id)


def test_only_the_office_of_the_place_publishes_and_withdraws(cast, now):
    row, paper = publish(cast, now), made(now)
    with refused("not_office"):
        publish(cast, now, who="village_cadre")
    for who in ("stranger", "principal"):
        with refused("not_found"):
            actions.publish_paper(by=getattr(cast, who).actor, now=now, paper_id=paper.id)
    for who in ("stranger", "village_cadre"):
        with refused("not_found"):
            actions.withdraw(by=getattr(cast, who).actor, now=now, publication_id=row.id)


def test_a_file_that_is_no_pdf_or_runs_something_or_comes_from_tomorrow_is_refused(cast, now):
    by, data = cast.county_leader.actor, actions.PublicationData("x", date(2026, 11, 2))
    with refused("file_kind"):
        actions.publish_file(by=by, now=now, data=data, file=BytesIO(b"<html>" * 50))
    with refused("file_active"):
        publish(cast, now, inside=b"/JavaScript (x) ")
    with refused("disclosure_no_file"):
        actions.publish_file(by=by, now=now, data=data)
    with refused("date_ahead"):
        publish(cast, now, on=date(2026, 11, 25))


def test_the_desk_offers_what_may_be_published_and_undoes_it(cast, now, django_assert_max_num_queries):
    paper, browser = made(now), cast.sign_in("county_leader")
    made(now, "attachment5", data=b"%PDF-1.7 with telephones")
    with django_assert_max_num_queries(12):
        text = browser.get("/publications/").content.decode()
    assert text.count('name="paper"') == 1
    answer = browser.post("/publications/new/", {"paper": paper.id}, follow=True)
    row = Publication.objects.get()
    assert f"/publications/{row.id}/withdraw/" in answer.content.decode()
    assert 'name="paper"' not in answer.content.decode()
    browser.post(f"/publications/{row.id}/withdraw/", {"reason": "有误"})
    assert Publication.objects.get().withdrawn_at is not None
    browser.post(f"/publications/{row.id}/restore/")
    assert Publication.objects.get().withdrawn_at is None


def test_a_bulletin_is_uploaded_and_a_wrong_file_keeps_what_was_typed(cast, now, client):
    browser = cast.sign_in("county_leader")
    typed = {"title": "第三季度通报", "on": "2026-11-02", "disclosure": "public"}
    wrong = browser.post("/publications/new/", {**typed, "file": SimpleUploadedFile("a.pdf", b"GIF89a" * 9)})
    assert wrong.status_code == 422
    assert "第三季度通报" in wrong.content.decode()
    browser.post("/publications/new/", {**typed, "file": SimpleUploadedFile("a.pdf", pdf())})
    assert "第三季度通报" in listed(client)


def test_the_mark_on_a_paper_is_the_mark_by_which_it_is_published(cast):
    from anwang.features.statistics.queries.papers import content

    for kind in KINDS.values():
        unit = CITY if kind.code.startswith("attachment") else LANSHAN if kind.code == "county_roster" else 371302101000
        assert content(kind, unit, on=date(2026, 11, 24)).whole().disclosure is kind.disclosure, kind.code
