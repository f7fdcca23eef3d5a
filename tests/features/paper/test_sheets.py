"""Record sheets go out with a code that leads back to the same record, and to nobody else's (B9)."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image, ImageEnhance, ImageFilter

from anwang.adapters.qr import qr_png
from anwang.adapters.qr.reading import read_codes
from anwang.domain.base import Refusal
from anwang.features.audit.models import AuditEvent
from anwang.features.paper import queries
from anwang.features.paper.actions import print_sheets
from anwang.features.paper.queries import Code

pytestmark = pytest.mark.django_db


def _code(opened, today, **other):
    return Code(**{"enterprise": opened.enterprise.id, "person": opened.village_cadre.person.id, "printed_on": today,
                   **other})  # fmt: skip


def test_a_code_says_whose_sheet_it_is(opened, today):
    code = _code(opened, today)
    assert queries.read_code(code.token) == code
    assert queries.code_of(code.url) == code


@pytest.mark.parametrize("wrong", ["", "1-1-1", "1-1-1-0000000000000000", "../../etc", "一-1-1-0123456789abcdef"])
def test_a_code_that_is_not_ours_says_nothing(db, wrong):
    assert queries.read_code(wrong) is None


def test_an_altered_code_says_nothing(opened, today):
    first, *rest = _code(opened, today).token.split("-")
    other = "-".join([f"{int(first, 36) + 1}", *rest])
    assert queries.read_code(other) is None


def test_a_sheet_shows_what_is_owed_and_what_each_duty_asks(opened, today):
    [sheet] = queries.sheets_of(opened.village_cadre.person.id, day=today)
    assert (sheet.enterprise, sheet.supervisor) == ("示例机械有限公司", "示例村主任")
    titles = [owed.title for owed in sheet.owed]
    assert "半月视频会商或电话联系" in titles
    call = sheet.owed[titles.index("半月视频会商或电话联系")]
    assert ("是否联系上", "yes_no") in [(ask.label, ask.kind) for ask in call.asks]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_sheets_are_printed_and_the_act_is_on_the_trail(opened, today, now, form):
    cadre = opened.village_cadre
    made = print_sheets(by=cadre.actor, now=now, day=today, person=cadre.person.id, form=form)
    assert made[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[form]
    assert AuditEvent.objects.filter(action="sheet.print").count() == 1


def test_who_supervises_nobody_has_nothing_to_print(opened, today, now):
    officer = opened.township_officer
    with pytest.raises(Refusal) as refused:
        print_sheets(by=officer.actor, now=now, day=today, person=officer.person.id)
    assert refused.value.code == "no_sheets"


def test_an_office_prints_for_its_people_and_not_for_its_neighbours(opened, as_client):
    client, url = as_client("county_leader"), reverse("paper_sheets")
    assert client.get(url, {"person": opened.stranger.person.id}).status_code == 404
    assert as_client("village_cadre").get(url, {"person": opened.township_officer.person.id}).status_code == 404


def test_the_code_opens_the_record_of_that_enterprise_as_one_from_paper(opened, today, as_client):
    answer = as_client("village_cadre").get(reverse("sheet_open", args=[_code(opened, today).token]))
    assert answer.url == f"{reverse('contact_new')}?enterprise={opened.enterprise.id}&channel=paper"


def test_a_code_of_elsewhere_leads_nowhere(opened, today, as_client):
    token = _code(opened, today, enterprise=opened.elsewhere.id).token
    assert as_client("village_cadre").get(reverse("sheet_open", args=[token])).status_code == 404


def _photo(text, turn=0.0, blur=0.0, light=1.0):
    """A code on a page as a telephone sees it."""
    page = Image.new("RGB", (1500, 2100), "white")
    page.paste(Image.open(BytesIO(qr_png(text, scale=6, border=2))).convert("RGB"), (120, 1750))
    page = page.rotate(turn, expand=True, fillcolor="grey").filter(ImageFilter.GaussianBlur(blur))
    out = BytesIO()
    ImageEnhance.Brightness(page).enhance(light).save(out, "JPEG", quality=70)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    "how", [{}, {"turn": 90}, {"turn": 187}, {"turn": 12.5}, {"blur": 2}, {"light": 0.35}, {"turn": 4, "blur": 1.5}]
)
def test_a_code_is_read_from_a_turned_blurred_or_dark_photo(db, how):
    text = "http://127.0.0.1:8000/r/2s-1z-1y5-0123456789abcdef/"
    assert read_codes(_photo(text, **how)) == [text]


@pytest.mark.slow
def test_a_page_without_a_code_is_no_fault(db):
    out = BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    assert read_codes(out.getvalue()) == []
