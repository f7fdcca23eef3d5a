"""警示教育: films and papers, judged by content, played in parts; who watches is written nowhere."""

from io import BytesIO

import pytest
from PIL import Image

from anwang.adapters import media
from anwang.features.advice import actions, queries
from anwang.features.advice.actions import MaterialData
from anwang.features.advice.models import Material
from anwang.features.audit.models import AuditEvent
from tests.features.advice.files import SVG, docx, mp4, pdf, picture, webm
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(bound, now):
    def make(data, by="county_leader", **said):
        what = MaterialData(**{"title": "警示片", "source": "示例单位", **said})
        return actions.keep_material(by=getattr(bound, by).actor, now=now, data=what, file=BytesIO(data))

    return make


@pytest.mark.parametrize(("data", "kind"), [(mp4(), "mp4"), (webm(), "webm"), (pdf(), "pdf"), (picture(), "jpeg")])
def test_films_papers_and_pictures_are_taken(keep, data, kind):
    assert keep(data).kind == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [(SVG, "file_kind"), (docx(), "file_kind"), (mp4() + SVG, "file_damaged"), (b"", "file_empty"),
     (b"\xff\xd8\xff" + b"\x00" * 200, "photo_invalid")],
)  # fmt: skip
def test_whatever_else_is_refused_and_leaves_no_file(keep, data, code):
    with refused(code):
        keep(data)
    assert not Material.objects.exists()


def test_a_film_larger_than_the_policy_allows_is_refused(keep, monkeypatch):
    class Small:
        material_mb = 1

    monkeypatch.setattr("anwang.features.advice.actions.materials.rules", lambda day: Small)
    with refused("file_large"):
        keep(mp4(b"\x00" * (1 << 20)))


def test_a_picture_is_made_anew_without_what_cameras_write(keep):
    source = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAM"
    Image.new("RGB", (60, 60)).save(source, "JPEG", exif=exif)
    row = keep(source.getvalue())
    assert b"SECRETCAM" not in media.fetch(row.file)


def test_the_same_film_twice_is_one_film(keep):
    keep(mp4())
    with refused("material_twice"):
        keep(mp4(), title="又一份")


def test_what_was_taken_out_comes_back(bound, keep, now):
    row, office = keep(mp4()), bound.county_leader.actor
    actions.withdraw_material(by=office, now=now, material_id=row.id)
    assert not queries.materials(bound.village_cadre.actor).exists()
    actions.restore_material(by=office, now=now, material_id=row.id)
    assert queries.materials(bound.village_cadre.actor).count() == 1


def test_material_of_a_county_is_for_the_county(bound, keep):
    keep(mp4())
    assert queries.materials(bound.principal.actor).exists()
    assert not queries.materials(bound.stranger.actor).exists()


def test_material_is_found_by_industry_and_what_is_for_all_is_always_found(bound, keep):
    keep(mp4(), title="机械", industries=["machinery"])
    keep(pdf(), title="化工", industries=["chemical", "hazardous"])
    keep(webm(), title="通用")
    found = {row.title for row in queries.materials(bound.village_cadre.actor, industry="machinery")}
    assert found == {"机械", "通用"}


@pytest.mark.slow
def test_a_film_is_served_in_parts(film, as_client):
    browser = as_client("village_cadre")
    answer = browser.get(f"/materials/{film.id}/file/", headers={"range": "bytes=4-7"})
    assert (answer.status_code, answer["Content-Type"], b"".join(answer)) == (206, "video/mp4", b"ftyp")


@pytest.mark.slow
def test_watching_changes_nothing(film, as_client):
    before = AuditEvent.objects.count()
    browser = as_client("principal")
    browser.get(f"/materials/{film.id}/")
    assert b"".join(browser.get(f"/materials/{film.id}/file/"))
    assert AuditEvent.objects.count() == before
    assert not [f.name for f in Material._meta.fields if "view" in f.name or "play" in f.name or "watch" in f.name]


@pytest.mark.slow
def test_the_material_leads_to_the_record_of_the_talk_with_its_title(film, bound, as_client, now):
    from anwang.features.duties.actions import open_duties

    open_duties(by=bound.system, now=now)
    browser = as_client("village_cadre")
    page = browser.get(f"/materials/{film.id}/").content.decode()
    assert 'name="education_content" value="《机械伤害警示片》"' in page
    asked = {
        "enterprise": bound.enterprise.id,
        "form": "on_site",
        "rule": "N7.4",
        "education_content": "《机械伤害警示片》",
    }
    form = browser.get("/contacts/new/", asked).content.decode()
    assert 'value="《机械伤害警示片》"' in form
