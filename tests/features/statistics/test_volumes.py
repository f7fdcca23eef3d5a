"""Long lists in volumes, read at one moment in few queries; files kept for a while; what is lacking opens its rows."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from anwang.adapters.xlsx.reader import read_tables
from anwang.domain.base import Level, Refusal
from anwang.features.accounts.models import Person
from anwang.features.audit.models import AuditEvent
from anwang.features.duties.actions import open_duties
from anwang.features.enterprises.models import Enterprise, StatusFact
from anwang.features.grid.models import Leadership, Post
from anwang.features.statistics import actions
from anwang.features.statistics.management import papers, table
from anwang.features.statistics.models import Paper
from anwang.features.statistics.queries import bindings as lists
from anwang.features.statistics.queries import papers as kinds
from tests.cast import CITY, LANSHAN, SINCE, TOWNSHIP, make_enterprise
from tests.features.statistics.conftest import bind

pytestmark = pytest.mark.django_db
LONG = "示例" + "新型节能环保建筑材料科技开发" * 4 + "有限公司"


@pytest.fixture
def many(bound, now):
    """Seven more enterprises of the township, one with two phones, one suspended, one with signs that could harm."""
    for number in range(7):
        firm = make_enterprise(f"示例第{number}有限公司", f"MA3MANY{number}", 371302101201, now)
        bind(firm, bound.village_cadre, now)
    rows = Enterprise.objects.filter(name__startswith="示例第").order_by("id")
    rows.filter(id=rows[0].id).update(name=LONG, principal_phone="0539-0123456、0539-0765432")
    rows.filter(id=rows[1].id).update(name="=1+1示例有限公司")
    StatusFact.objects.filter(enterprise=rows[2]).update(status="suspended")
    return bound


def make(cast, now, **choice):
    asked = {"kind": "attachment5", "unit": LANSHAN, "form": "xlsx"} | choice
    return actions.make_paper(by=cast.county_leader.actor, now=now, **asked)


def data_of(made):
    """The rows of a sheet below its header."""
    rows = read_tables(made.data)[0].rows
    start = next(number for number, row in enumerate(rows) if row[0] == "序号")
    return [row for row in rows[start + 1 :] if any(row)]


@pytest.mark.slow
def test_a_long_list_is_bound_in_volumes_that_count_on(many, now, monkeypatch):
    monkeypatch.setattr(kinds, "VOLUME", 3)
    made = make(many, now, form="pdf")
    with zipfile.ZipFile(io.BytesIO(made.data)) as bundle:
        texts = [
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(bundle.read(name))).pages)
            for name in bundle.namelist()
        ]
    assert made.row.path.endswith(".zip")
    assert ["共8家，本册第1—3家" in texts[0], "本册第4—6家" in texts[1], "本册第7—8家" in texts[2]] == [True] * 3
    assert len(texts) == 3


@pytest.mark.slow
def test_the_numbers_on_paper_are_the_rows(many, now, today):
    rows = list(lists.bindings(lists.keys_in(LANSHAN, on=today), on=today))
    sheet, pdf = data_of(make(many, now)), make(many, now, form="pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.data)).pages)
    assert len(sheet) == len(rows) == pdf.row.rows == 8
    assert f"共{len(rows)}家" in text
    assert [row[5] for row in sheet] == [row.credit_code for row in rows]
    assert all(row.credit_code in text.replace("\n", "") for row in rows)


def test_what_a_spreadsheet_could_run_is_text(many, now):
    names = [str(row[4]) for row in data_of(make(many, now))]
    assert any(name.endswith("=1+1示例有限公司") and not name.startswith("=") for name in names)
    assert LONG in names


def test_two_telephone_numbers_stand_below_each_other_and_are_counted_in_the_trail(many, now):
    made = make(many, now)
    assert "0539-0123456\n0539-0765432" in [row[10] for row in data_of(made)]
    event = json.loads(AuditEvent.objects.get(action="paper.make", target=f"paper:{made.row.id}").body)
    assert (event["enterprises"], event["phones"], event["form"]) == (8, 1, "xlsx")


def test_a_suspended_enterprise_lacks_no_supervisor(many, today):
    many_rows = list(lists.bindings(lists.keys_in(LANSHAN, on=today), on=today))
    assert lists.missing_cells(many_rows)["signed_on"] == 7
    assert lists.missing_cells(many_rows)["principal_phone"] == 7


def test_a_unit_is_read_in_the_same_few_queries_and_the_same_rows(many, today, monkeypatch):
    stood = lists.keys_in(LANSHAN, on=today)
    one_by_one = list(lists.bindings(stood, on=today))
    monkeypatch.setattr(lists, "BY_KEYS", 3)
    with CaptureQueriesContext(connection) as seen:
        assert list(lists.bindings(lists.keys_in(LANSHAN, on=today), on=today, unit=LANSHAN)) == one_by_one
    assert len(seen) <= 12


@pytest.mark.parametrize("who", ["village_cadre", "principal"])
def test_only_leaders_and_offices_make_papers(bound, now, who):
    with pytest.raises(Refusal) as refused:
        actions.make_paper(by=getattr(bound, who).actor, now=now, kind="attachment5", unit=371302101201, form="pdf")
    assert refused.value.code in {"not_your_paper", "not_found"}


@pytest.mark.slow
def test_a_file_goes_after_thirty_days_and_the_page_says_so(bound, now, as_client, django_capture_on_commit_callbacks):
    old = make(bound, now - timedelta(days=31))
    path = Path(settings.MEDIA_ROOT) / old.row.path
    assert path.read_bytes() == old.data
    with django_capture_on_commit_callbacks(execute=True):
        make(bound, now)
    assert not path.exists()
    assert Paper.objects.get(id=old.row.id).path == ""
    answer = as_client("county_leader").get(f"/papers/{old.row.id}/", follow=True)
    assert "文件已清理" in answer.content.decode()


def test_what_is_lacking_opens_the_rows_that_lack_it(many, as_client):
    Enterprise.objects.filter(id=many.enterprise.id).update(principal="示例负责人")
    browser = as_client("county_leader")
    text = browser.get("/papers/attachment5/?missing=principal").content.decode()
    assert "示例机械有限公司" not in text
    assert LONG in text
    assert f"/enterprises/{many.enterprise.id}/" in browser.get("/papers/attachment5/").content.decode()


def test_a_phone_is_masked_on_the_screen(many, as_client):
    text = as_client("county_leader").get("/papers/attachment5/").content.decode()
    assert "0123456" not in text
    assert "053****" in text


@pytest.mark.slow
def test_the_table_with_every_rule_adds_up(bound, now, as_client):
    open_duties(by=bound.system, now=now)
    rows = read_tables(b"".join(as_client("county_leader").get("/table/export/?by_rule=1").streaming_content))[0].rows
    total = next(row for row in rows if row[0] == "合计")
    assert sum(int(cell or 0) for cell in total[9::3]) == int(total[1]) > 0


@pytest.mark.slow
def test_the_commands_make_a_paper_and_a_table(bound, tmp_path):
    target = tmp_path / "table.xlsx"
    answer = CliRunner().invoke(
        papers, ["township_table", "--unit", str(TOWNSHIP), "--format", "xlsx", "--out", str(target), "--json"]
    )
    said = json.loads(answer.stdout)
    assert (said["enterprises"], said["bytes"], said["file"]) == (1, target.stat().st_size, str(target))
    said = json.loads(CliRunner().invoke(table, ["--unit", str(LANSHAN), "--json"]).stdout)
    assert {line["name"] for line in said["lines"]} == {"白沙埠镇", "枣园镇"}
    refused = CliRunner().invoke(papers, ["county_roster", "--unit", str(TOWNSHIP)])
    assert refused.exception.code == "no_such_paper"


def test_a_column_that_is_not_there_filters_nothing_and_says_nothing(many, as_client):
    text = as_client("county_leader").get("/papers/attachment5/?missing=nonsense").content.decode()
    assert "下面只列缺这一项的企业" not in text
    assert many.enterprise.name in text


def test_a_made_file_is_called_by_its_unit_in_the_list_and_on_the_disk(many, as_client):
    browser = as_client("county_leader")
    answer = browser.post("/papers/make/", {"unit": TOWNSHIP, "kind": "attachment5", "form": "xlsx"})
    assert unquote(answer["Content-Disposition"]).split("''")[-1].startswith("白沙埠镇-全市企业")
    assert '<td data-label="网格">白沙埠镇</td>' in browser.get("/papers/").content.decode()


def test_the_division_of_work_begins_with_the_leading_group_by_rank(bound, now, today):
    city = {"level": Level.CITY, "unit": CITY, "valid_from": SINCE, "recorded_at": now}
    for name, rank in (("示例甲", 2), ("示例乙", 1)):
        person = Person.objects.create(name=name, is_demo=True, created_at=now)
        post = Post.objects.create(person=person, kind="bureau", county=0, township=0, **city)
        Leadership.objects.create(post=post, rank=rank, **city)
        firm = make_enterprise(f"示例第{rank}有限公司", f"MA3RANK{rank}", TOWNSHIP + 201, now)
        bind(firm, SimpleNamespace(person=person, post=post), now)
    bind(make_enterprise("示例第三有限公司", "MA3RANK3", TOWNSHIP + 201, now), bound.city_office, now)
    rows = kinds.content(kinds.KINDS["attachment2"], CITY, on=today).whole().tables[0].rows
    assert [(row[1], row[3]) for row in rows] == [
        ("示例乙", "示例乙"), ("示例乙", "示例甲"), ("示例乙", "示例市办"),
    ]  # fmt: skip
