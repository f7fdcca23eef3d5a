"""The notice's lists and attachments: columns exact, rows of the territory, the same numbers in every format."""

import io
from datetime import timedelta

import pytest

from anwang.adapters.xlsx.reader import read_tables
from anwang.domain.base import Refusal
from anwang.domain.documents.tables import STATISTICS
from anwang.features.assignments.models import Assignment
from anwang.features.audit.models import AuditEvent
from anwang.features.enterprises.models import PlaceFact, StatusFact
from anwang.features.statistics import actions
from anwang.features.statistics.queries.bindings import bindings, keys_in, missing_cells
from anwang.features.statistics.queries.papers import KINDS
from tests.cast import CITY, LANSHAN, LUOZHUANG, TOWNSHIP

pytestmark = pytest.mark.django_db
COLUMNS = [header for _name, header, *_rest in STATISTICS]
NOTICE = (
    "序号 县区 乡镇 村居 企业名称 统一社会信用代码 生产经营地址 行业 从业人数 企业主要负责人 联系电话 安全负责人 "
    "联系电话 重大危险源 风险等级 包保级别 包保人 单位 职务 联系电话 所属网格 网格长 承诺书签订日期 公示日期 备注"
)


def make(cast, now, who="county_leader", **choice):
    return actions.make_paper(by=getattr(cast, who).actor, now=now, **choice)


def test_the_statistics_table_has_exactly_the_columns_of_the_notice(bound, now):
    made = make(bound, now, kind="attachment5", unit=LANSHAN, form="xlsx")
    rows = read_tables(made.data)[0].rows
    head = next(row for row in rows if row[0] == "序号")
    assert " ".join(map(str, head)) == NOTICE == " ".join(COLUMNS)
    assert made.row.rows == 1


def test_a_row_says_who_is_bound_and_where(bound, today):
    row = next(bindings(keys_in(LANSHAN, on=today), on=today))
    assert (row.enterprise, row.county, row.township, row.village) == (
        "示例机械有限公司",
        "兰山区",
        "白沙埠镇",
        "白沙埠村委会",
    )
    assert (row.supervisor, row.level, row.supervisor_post) == ("示例村主任", "村居", "村主任")


def test_the_neighbours_enterprises_are_not_in_it(bound, today):
    assert {row.enterprise for row in bindings(keys_in(LANSHAN, on=today), on=today)} == {"示例机械有限公司"}
    assert len(keys_in(CITY, on=today)) == 2


def test_what_is_missing_is_counted(bound, today):
    missing = missing_cells(list(bindings(keys_in(LANSHAN, on=today), on=today)))
    assert missing["principal_phone"] == missing["signed_on"] == 1
    assert "enterprise" not in missing


def test_a_list_for_an_earlier_day_knows_only_that_day(bound, now, today):
    before = today - timedelta(days=300)
    row = next(bindings(keys_in(LANSHAN, on=before), on=before))
    assert (row.enterprise, row.supervisor) == ("示例机械有限公司", "")
    PlaceFact.objects.filter(enterprise=bound.enterprise).update(valid_from=today)
    assert keys_in(LANSHAN, on=before) == []


def test_a_closed_enterprise_is_not_in_the_list_and_a_suspended_one_says_so(bound, today):
    StatusFact.objects.filter(enterprise=bound.enterprise).update(status="suspended")
    assert next(bindings(keys_in(LANSHAN, on=today), on=today)).note == "停产停业"
    StatusFact.objects.filter(enterprise=bound.enterprise).update(status="closed")
    assert keys_in(LANSHAN, on=today) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_paper_is_made_as_pdf_and_docx(bound, now, kind):
    unit = {"county_roster": LANSHAN, "township_table": TOWNSHIP}.get(kind, CITY)
    assert make(bound, now, "city_office", kind=kind, unit=unit, form="pdf").data.startswith(b"%PDF")
    assert make(bound, now, "city_office", kind=kind, unit=unit, form="docx").data.startswith(b"PK")


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"kind": "attachment5", "unit": LUOZHUANG, "form": "pdf"}, "not_found"),
        ({"kind": "county_roster", "unit": TOWNSHIP, "form": "pdf"}, "no_such_paper"),
        ({"kind": "nonsense", "unit": LANSHAN, "form": "pdf"}, "no_such_paper"),
        ({"kind": "attachment5", "unit": LANSHAN, "form": "exe"}, "bad_format"),
        ({"kind": "attachment4", "unit": LANSHAN, "form": "xlsx"}, "no_table"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_its_code(bound, now, choice, code):
    with pytest.raises(Refusal) as refused:
        make(bound, now, **choice)
    assert refused.value.code == code


def test_making_and_fetching_are_in_the_trail_and_the_file_comes_back_whole(bound, now):
    made = make(bound, now, kind="attachment5", unit=LANSHAN, form="xlsx")
    again = actions.open_paper(by=bound.county_leader.actor, now=now, paper_id=made.row.id)
    assert again.data == made.data
    assert list(
        AuditEvent.objects.filter(target=f"paper:{made.row.id}").values_list("action", flat=True).order_by("seq")
    ) == [
        "paper.make",
        "paper.fetch",
    ]


def test_a_neighbour_does_not_fetch_our_paper(bound, now, as_client):
    made = make(bound, now, kind="attachment5", unit=LANSHAN, form="xlsx")
    assert as_client("stranger").get(f"/papers/{made.row.id}/").status_code == 404
    assert as_client("stranger").get(f"/papers/?unit={LANSHAN}").status_code == 404
    assert (
        as_client("stranger").post("/papers/make/", {"unit": LANSHAN, "kind": "attachment5", "form": "pdf"}).status_code
        == 404
    )
    answer = as_client("county_leader").get(f"/papers/{made.row.id}/")
    assert b"".join(answer.streaming_content) == made.data


def test_the_pages_show_the_list_masked_within_a_few_queries(bound, as_client, django_assert_max_num_queries):
    browser = as_client("county_leader")
    with django_assert_max_num_queries(20):
        page = browser.get("/papers/attachment5/")
    assert "示例机械有限公司" in page.content.decode()
    with django_assert_max_num_queries(15):
        assert "附件5" in browser.get("/papers/").content.decode()


def test_a_paper_comes_at_once_when_it_is_small(bound, as_client):
    answer = as_client("county_leader").post("/papers/make/", {"unit": LANSHAN, "kind": "attachment5", "form": "xlsx"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert read_tables(io.BytesIO(b"".join(answer.streaming_content)).read())


def test_the_leaders_table_comes_as_a_workbook(bound, as_client):
    answer = as_client("county_leader").get("/table/export/")
    rows = read_tables(b"".join(answer.streaming_content))[0].rows
    assert any("逾期未完成" in map(str, row) for row in rows)


def test_nobody_bound_leaves_the_supervisor_blank(bound, today):
    Assignment.objects.all().delete()
    assert next(bindings(keys_in(LANSHAN, on=today), on=today)).supervisor == ""
