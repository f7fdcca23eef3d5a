"""The review pack: what stands in it, who may take it, and that its proof can be checked afterwards."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse

from anwang.adapters import media
from anwang.domain.base import Actor
from anwang.features.audit import queries as audit
from anwang.features.audit.management import prove
from anwang.features.audit.models import AuditEvent
from anwang.features.timeline.actions import make_pack, open_pack, print_list
from anwang.features.timeline.management.review import review_pack
from anwang.features.timeline.models import ReviewPack
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def text_of(data):
    """The words of a DOCX."""
    import re

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))


@pytest.fixture
def pack(opened, give, now):
    give("transfer", note="去县里")
    return make_pack(
        by=opened.county_leader.actor, now=now, enterprise_id=opened.enterprise.id, on=now.date(), form="docx"
    )


def test_it_names_who_was_responsible_what_was_due_and_how_it_was_handed_over(opened, pack, people):
    said = text_of(pack.data)
    for words in (
        opened.enterprise.name, "内部", "当日责任人", "示例镇员", "示例村主任", "事故前一年应尽职责", "应急演练",
        "风险等级及理由", "调离：去县里", "审计链证明", "anwang audit prove", pack.row.document.number,
    ):  # fmt: skip
        assert words in said, words


def test_the_hash_of_every_event_of_the_enterprise_stands_in_it_and_can_be_proved(opened, pack):
    said = text_of(pack.data)
    event = AuditEvent.objects.get(action="assign.hand_over")
    assert event.digest in said
    assert audit.head(event.chain).digest != event.digest
    asked = ["--chain", str(event.chain), "--seq", str(event.seq), "--digest", event.digest, "--json"]
    answer = CliRunner().invoke(prove, asked)
    assert answer.exit_code == 0
    assert json.loads(answer.output)["links"] == audit.head(event.chain).length - event.seq


def test_an_event_that_was_changed_is_not_proved(opened, pack):
    event = AuditEvent.objects.get(action="assign.hand_over")
    AuditEvent.objects.filter(id=event.id).update(actor="别人")
    answer = CliRunner().invoke(prove, ["--chain", str(event.chain), "--seq", str(event.seq), "--json"])
    assert (answer.exit_code, json.loads(answer.output)["ok"]) == (1, False)
    wrong = CliRunner().invoke(prove, ["--chain", str(event.chain), "--seq", "99999"])
    assert wrong.exit_code == 1


def test_a_broken_chain_is_said_on_the_pack(opened, pack, now):
    AuditEvent.objects.filter(action="assign.hand_over").update(actor="别人")
    again = make_pack(
        by=opened.county_leader.actor, now=now, enterprise_id=opened.enterprise.id, on=now.date(), form="docx"
    )
    assert (pack.row.whole, again.row.whole) == (True, False)
    assert "处断点" in text_of(again.data)


def test_it_is_a_pdf_with_a_number_of_its_own(opened, now):
    made = make_pack(by=opened.county_leader.actor, now=now, enterprise_id=opened.enterprise.id, on=date(2026, 11, 1))
    assert made.data.startswith(b"%PDF")
    assert made.row.document.number == "临应急查〔2026〕1号"
    assert AuditEvent.objects.filter(action="review.make").count() == 1


def test_only_leaders_and_offices_of_the_place_take_it(opened, now):
    asked = {"now": now, "enterprise_id": opened.enterprise.id, "on": now.date(), "form": "docx"}
    with refused("not_leader"):
        make_pack(by=opened.village_cadre.actor, **asked)
    with refused("not_found"):
        make_pack(by=opened.stranger.actor, **asked)
    with refused("date_ahead"):
        make_pack(by=opened.county_leader.actor, **(asked | {"on": now.date() + timedelta(days=1)}))
    with refused("bad_format"):
        make_pack(by=opened.county_leader.actor, **(asked | {"form": "xls"}))


def test_a_kept_pack_is_fetched_in_the_territory_only(opened, pack, now):
    assert open_pack(by=opened.county_leader.actor, now=now, pack_id=pack.row.id).data == pack.data
    nobody = Actor(name="谁")
    for by in (opened.stranger.actor, opened.village_cadre.actor, nobody):
        with refused("not_found"):
            open_pack(by=by, now=now, pack_id=pack.row.id)
    media.drop(pack.row.path)
    with refused("gone"):
        open_pack(by=opened.county_leader.actor, now=now, pack_id=pack.row.id)


def test_the_page_makes_it_as_long_work(opened, django_capture_on_commit_callbacks):
    browser = opened.sign_in("county_leader")
    address = reverse("review_pack_make", args=[opened.enterprise.id])
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address, {"on": "2026-11-20", "form": "docx"})
    assert answer.status_code == 302
    row = ReviewPack.objects.get()
    file = browser.get(reverse("review_pack", args=[row.id]))
    assert file.status_code == 200
    assert opened.sign_in("stranger").post(address, {"on": "2026-11-20"}).status_code == 404


def test_the_command_writes_the_file(opened, tmp_path):
    out = tmp_path / "pack.docx"
    asked = ["--enterprise", opened.enterprise.credit_code, "--on", "2026-11-01", "--out", str(out), "--json"]
    answer = CliRunner().invoke(review_pack, asked)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output)["whole"] is True
    assert out.read_bytes().startswith(b"PK")


def test_the_list_to_sign_says_what_goes_to_whom(opened, give, now):
    row = give(open_questions="仓库改造在办")
    said = text_of(print_list(by=opened.county_leader.actor, now=now, handover_id=row.id, form="docx"))
    for words in ("交接清单", "示例村主任", "示例镇员", opened.enterprise.name, "仓库改造在办", "监交人", "应急演练"):
        assert words in said, words
    with refused("not_found"):
        print_list(by=opened.stranger.actor, now=now, handover_id=row.id, form="docx")
