"""Everyone reads who supervises which enterprise, by township, without a telephone; the policy's mark rules."""

from datetime import date

import pytest

from anwang.domain.documents.tree import Disclosure
from anwang.features.assignments.models import Posting
from anwang.features.policies import queries as policies
from tests.cast import LANSHAN, TOWNSHIP, make_enterprise
from tests.features.public.conftest import bind, hang
from tests.features.public.test_notices import rules

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CITY, COUNTY, TOWN = "/public/rosters/", f"/public/rosters/{LANSHAN}/", f"/public/rosters/{TOWNSHIP}/"


def read(client, path, **asked):
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_city_one_comes_to_the_commissioner_and_the_sheet(client, sheet):
    assert f'href="{COUNTY}"' in read(client, CITY)
    assert f'href="{TOWN}"' in read(client, COUNTY)
    text = read(client, TOWN)
    for shown in (
        "示例机械有限公司",
        "示例村主任",
        "村主任",
        "白沙埠村委会",
        f"/public/notices/{sheet.document.token}/",
    ):
        assert shown in text
    assert f'href="{CITY}"' in read(client, "/public/")
    assert f'href="{CITY}"' in read(client, "/public/papers/")


def test_no_telephone_of_anybody_stands_in_a_roster(client, sheet, monkeypatch):
    rules(monkeypatch, personal_phone=True)
    for path in (CITY, COUNTY, TOWN):
        text = read(client, path)
        assert not [number for number in ("13900000001", "0539-8000001", "tel:") if number in text]


def test_only_enterprises_whose_sheet_hangs_are_listed_and_counted(client, cast, now, sheet):
    assert "1 家" in read(client, COUNTY)
    Posting.objects.update(confirmed_at=None)
    assert "示例机械" not in read(client, TOWN)
    assert f'href="{TOWN}"' not in read(client, COUNTY)
    hang(sheet, now)
    cast.enterprise.status = "closed"
    cast.enterprise.save()
    assert "示例机械" not in read(client, TOWN)


def test_an_enterprise_of_an_unknown_township_stands_under_its_county(client, cast, now, sheet):
    firm = make_enterprise("示例无镇有限公司", "MA3N0TW1", LANSHAN, now)
    hang(bind(cast, now, firm, cast.village_cadre.person, cast.village_cadre.post), now)
    assert f'href="{COUNTY}?own=1"' in read(client, COUNTY)
    assert "示例无镇有限公司" in read(client, COUNTY, own=1)


def test_rosters_are_paged(client, cast, now, sheet, monkeypatch):
    for n in range(3):
        firm = make_enterprise(f"示例页{n}厂", f"MA3PAG0{n}", cast.enterprise.place, now)
        hang(bind(cast, now, firm, cast.village_cadre.person, cast.village_cadre.post), now)
    rules(monkeypatch, roster_rows=3)
    first, second = read(client, TOWN), read(client, TOWN, page=2)
    assert (first.count("/public/notices/"), second.count("/public/notices/")) == (3, 1)
    assert "page=2" in first


@pytest.mark.parametrize("mark", [Disclosure.ON_REQUEST, Disclosure.CLOSED])
def test_the_mark_of_the_policy_takes_the_rosters_off(client, sheet, monkeypatch, mark):
    rules(monkeypatch, roster=mark)
    assert [client.get(path).status_code for path in (CITY, COUNTY, TOWN)] == [404, 404, 404]
    assert CITY not in read(client, "/public/")
    text = read(client, "/public/papers/")
    assert f'href="{CITY}"' not in text
    assert ("包保督导名册" in text, "依申请公开</span>" in text) == ((mark is Disclosure.ON_REQUEST,) * 2)


def test_an_address_that_reads_too_much_waits_a_minute(client, sheet, monkeypatch):
    rules(monkeypatch, rosters_per_minute=2)
    answers = [client.get(path) for path in (CITY, COUNTY, TOWN)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert "no-store" in answers[2]["Cache-Control"]


@pytest.mark.parametrize("code", [1, 371302101201, 999999999999, 10**17])
def test_a_village_or_an_unknown_unit_has_no_roster(client, sheet, code):
    assert client.get(f"/public/rosters/{code}/").status_code == 404


def test_a_roster_asks_the_database_little(client, cast, now, sheet, django_assert_max_num_queries):
    for n in range(20):
        firm = make_enterprise(f"示例多{n}厂", f"MA3Q{n:04}", cast.enterprise.place, now)
        hang(bind(cast, now, firm, cast.village_cadre.person, cast.village_cadre.post), now)
    for path in (CITY, COUNTY, TOWN):
        with django_assert_max_num_queries(7):
            read(client, path)


def test_the_office_sets_whether_rosters_are_public(today):
    assert policies.current().disclosure(date(2026, 11, 24)).roster is Disclosure.PUBLIC
    assert "disclosure[1].roster" in policies.current().office_sets
