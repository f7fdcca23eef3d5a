"""Letters and notice sheets: signed once by their person, hung and confirmed, seen by whom they concern (三.2)."""

import base64
import io
from datetime import timedelta

import pytest
from PIL import Image, ImageDraw

from anwang.features.assignments import actions
from anwang.features.assignments.models import Assignment, Commitment, Plan, Posting
from anwang.features.documents.models import IssuedDocument
from tests.cast import LANSHAN
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def drawn(ink=True):
    """A signature as the pad sends it."""
    image = Image.new("RGBA", (300, 120), (255, 255, 255, 0))
    if ink:
        ImageDraw.Draw(image).line([(20, 60), (120, 30), (200, 90), (280, 40)], fill=(0, 0, 0, 255), width=5)
    target = io.BytesIO()
    image.save(target, "PNG")
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()


@pytest.fixture
def letter(adopted):
    return Commitment.objects.filter(assignment__person=adopted.village_cadre.person).first()


@pytest.fixture
def sheet(adopted):
    return Posting.objects.filter(assignment__enterprise=adopted.firms.low).first()


def test_a_drawn_signature_is_kept_and_stands_on_the_letter(adopted, letter, now):
    actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, drawn=drawn())
    letter.refresh_from_db()
    assert (letter.method, letter.signed_on) == ("drawn", now.date())
    signed = actions.print_one(
        by=adopted.village_cadre.actor, now=now, kind="commitment", paper_id=letter.id, form="pdf"
    )
    assert b"/Subtype /Image" in signed or b"/Subtype/Image" in signed


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"drawn": drawn(ink=False)}, "signature_empty"),
        ({"drawn": "data:image/png;base64,AAAA"}, "signature_invalid"),
        ({"drawn": "javascript:alert(1)"}, "signature_invalid"),
        ({}, "signature_empty"),
        ({"typed": "别人"}, "name_differs"),
    ],
)
def test_what_is_no_signature_is_refused(adopted, letter, now, how, code):
    with refused(code):
        actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, **how)
    assert Commitment.objects.get(id=letter.id).signed_at is None


def test_a_letter_is_signed_once(adopted, letter, now):
    actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, typed="示例村主任")
    with refused("already_signed"):
        actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, typed="示例村主任")


def test_nobody_signs_for_another(adopted, letter, now):
    with refused("not_yours"):
        actions.sign(by=adopted.county_leader.actor, now=now, commitment_id=letter.id, typed="示例村主任")
    with refused("not_found"):
        actions.sign(by=adopted.stranger.actor, now=now, commitment_id=letter.id, typed="示例外县")


def test_the_office_records_letters_signed_on_paper_but_not_for_tomorrow(adopted, letter, now):
    office = {"by": adopted.county_leader.actor, "now": now, "commitment_ids": [letter.id]}
    with refused("date_ahead"):
        actions.record_paper(signed_on=now.date() + timedelta(days=1), **office)
    assert actions.record_paper(signed_on=now.date(), **office) == 1
    assert Commitment.objects.get(id=letter.id).method == "paper"


def test_a_sheet_is_confirmed_without_a_photo_and_taken_back(adopted, sheet, now):
    act = {"by": adopted.village_cadre.actor, "now": now, "posting_id": sheet.id}
    actions.confirm_posting(posted_on=now.date(), place="厂区大门", **act)
    with refused("already_posted"):
        actions.confirm_posting(posted_on=now.date(), **act)
    actions.withdraw_posting(**act)
    assert Posting.objects.get(id=sheet.id).confirmed_at is None


def test_the_enterprise_confirms_its_own_sheet_and_no_other(adopted, sheet, now):
    own = Posting.objects.get(assignment__enterprise=adopted.enterprise)
    actions.confirm_posting(by=adopted.principal.actor, now=now, posting_id=own.id, posted_on=now.date())
    with refused("not_found"):
        actions.confirm_posting(by=adopted.principal.actor, now=now, posting_id=sheet.id, posted_on=now.date())


def test_a_photo_that_is_none_is_refused_and_nothing_is_confirmed(adopted, sheet, now):
    with refused("photo_invalid"):
        actions.confirm_posting(
            by=adopted.village_cadre.actor, now=now, posting_id=sheet.id, posted_on=now.date(), photo=b"<svg/>"
        )
    assert Posting.objects.get(id=sheet.id).confirmed_at is None


def test_the_code_on_a_letter_verifies_and_says_when_it_was_replaced(adopted, letter, now, client):
    page = client.get(f"/v/{letter.document.token}/")
    assert "真实有效" in page.content.decode()
    lead = Assignment.objects.get(id=letter.assignment_id)
    actions.reassign(
        by=adopted.county_leader.actor, now=now, enterprise_id=lead.enterprise_id, reason="调整", replaces=lead.id,
        post_id=adopted.township_officer.post.id,
    )  # fmt: skip
    assert "真实有效" not in client.get(f"/v/{letter.document.token}/").content.decode()


def test_an_unknown_code_says_so_and_a_known_one_names_no_phone(adopted, letter, client):
    assert client.get("/v/AAAAAAAAAAAAAAAA/").status_code == 404
    assert "示例村主任" not in client.get(f"/v/{letter.document.token}/").content.decode()


def test_numbers_run_without_a_gap(adopted):
    kinds = IssuedDocument.objects.filter(kind="commitment").order_by("id").values_list("number", flat=True)
    found = [int(number.split("〕")[1].removesuffix("号")) for number in kinds]
    assert found == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    "path",
    [
        "/plans/",
        "/coverage/",
        "/coverage/names/?which=person",
        "/commitments/?state=all",
        "/postings/?state=all&q=商店",
    ],
)
def test_the_offices_pages_answer_within_a_few_queries(adopted, as_client, django_assert_max_num_queries, path):
    browser = as_client("county_leader")
    with django_assert_max_num_queries(20):
        assert browser.get(path).status_code == 200


@pytest.mark.parametrize("tab", ["units", "lines", "moved", "near", "joint", "left", "pairs"])
def test_every_tab_of_a_plan_answers(adopted, as_client, tab):
    assert as_client("county_leader").get(f"/plans/{adopted.plan.id}/?tab={tab}").status_code == 200
    assert as_client("stranger").get(f"/plans/{adopted.plan.id}/?tab={tab}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_from_the_browser_a_plan_is_computed(county, as_client, today):
    browser = as_client("county_leader")
    page = browser.post("/plans/propose/", {"unit": LANSHAN, "on": today.isoformat()}, follow=True)
    assert page.status_code == 200
    row = Plan.objects.get()
    assert row.state == "proposed"
    assert browser.get(f"/plans/{row.id}/").status_code == 200


def test_the_principal_sees_the_own_papers_only(adopted, as_client, sheet):
    own = Posting.objects.get(assignment__enterprise=adopted.enterprise)
    browser = as_client("principal")
    assert browser.get(f"/postings/{own.id}/").status_code == 200
    assert browser.get(f"/postings/{sheet.id}/").status_code == 404


def test_the_cadre_finds_the_letters_to_sign(adopted, letter, as_client):
    page = as_client("village_cadre").get("/commitments/").content.decode()
    assert letter.document.number in page
    assert "签署承诺书" in as_client("village_cadre").get(f"/commitments/{letter.id}/").content.decode()


def test_a_paper_signature_recorded_by_mistake_is_taken_back_and_a_drawn_one_never(adopted, letter, as_client, now):
    actions.record_paper(by=adopted.county_leader.actor, now=now, commitment_ids=[letter.id], signed_on=now.date())
    office = as_client("county_leader")
    assert office.post(f"/commitments/{letter.id}/withdraw/").status_code == 302
    assert Commitment.objects.get(id=letter.id).signed_at is None
    actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, drawn=drawn())
    assert office.post(f"/commitments/{letter.id}/withdraw/").status_code == 409
    assert Commitment.objects.get(id=letter.id).method == "drawn"


def test_the_office_records_a_pile_of_paper_letters_from_the_list(adopted, as_client, today):
    waiting = list(Commitment.objects.filter(assignment__county=LANSHAN // 10**6).values_list("id", flat=True))
    form = {"selection": waiting, "signed_on": today.isoformat()}
    assert as_client("county_leader").post("/commitments/record/", form).status_code == 302
    assert set(Commitment.objects.filter(id__in=waiting).values_list("method", flat=True)) == {"paper"}


def test_the_list_narrows_to_a_township_and_not_to_the_neighbours(adopted, as_client):
    office = as_client("county_leader")
    page = office.get("/commitments/?unit=371302101000&state=all").content.decode()
    assert "白沙埠镇" in page
    assert office.get("/commitments/?unit=371311000000").status_code == 404
