"""Re-gridding from the browser and the command line: one confirmation, one transaction, the city's office alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.domain.base import SYSTEM, Refusal
from anwang.features.grid.models import GridUnit, Upload
from anwang.features.grid.queries import read_tree
from anwang.features.home import actions
from anwang.features.home.actions import regridding
from anwang.features.home.management.grid import grid

TABLE = """code12,level,name,parent12
371300000000,2,临沂市,370000000000
371302000000,3,兰山区,371300000000
371311000000,3,罗庄区,371300000000
371302109000,4,白沙埠镇,371302000000
371302102000,4,枣园镇,371302000000
371311001000,4,罗庄街道,371311000000
371302109201,5,白沙埠村委会,371302109000
371302109202,5,朱潘村委会,371302109000
371302102201,5,枣园村委会,371302102000
371311001001,5,罗庄社区居委会,371311001000
"""
FILE = {"on": "2026-12-01", "table": "2023"}


@pytest.fixture
def preview(cast):
    browser = cast.sign_in("city_office")
    answer = browser.post(reverse("regrid"), {**FILE, "file": SimpleUploadedFile("t.csv", TABLE.encode())})
    assert answer.status_code == 302, answer.content.decode()
    return browser, answer.url, f"file-{Upload.objects.get().id}"


def test_the_preview_names_the_township_that_moves(preview):
    browser, url, _table = preview
    page = browser.get(url).content.decode()
    assert "371302101000" in page
    assert "371302109000" in page
    assert GridUnit.objects.filter(code=371302101000, valid_to=None).exists()


@pytest.mark.slow
def test_a_confirmed_move_is_done_by_the_worker(preview, django_capture_on_commit_callbacks):
    browser, _url, table = preview
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(reverse("regrid_apply"), {"table": table, "on": "2026-12-01"}).status_code == 302
    assert not GridUnit.objects.filter(code=371302101000, valid_to=None).exists()
    assert GridUnit.objects.get(code=371302109000, valid_to=None).valid_from == date(2026, 12, 1)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("who", ["county_leader", "township_officer", "stranger"])
def test_no_other_office_moves_the_grid(cast, who):
    browser = cast.sign_in(who)
    assert browser.get(reverse("regrid")).status_code == 404
    assert browser.get(reverse("regrid_preview"), {**FILE}).status_code == 404
    assert browser.post(reverse("regrid_apply"), {**FILE}).status_code == 404


@pytest.mark.parametrize("query", [{}, {"table": "2023", "on": "x"}])
def test_a_preview_without_a_table_or_a_day_does_not_exist(cast, query):
    assert cast.sign_in("city_office").get(reverse("regrid_preview"), query).status_code in {404, 409}


def test_when_one_feature_refuses_nothing_has_moved(cast, now, monkeypatch):
    def refuse(**_words):
        raise Refusal("no", "不行")

    monkeypatch.setattr(regridding, "_movers", lambda: [("assignments", refuse)])
    before = list(GridUnit.objects.order_by("id").values_list("code", "valid_to"))
    with pytest.raises(Refusal):
        actions.regrid(by=SYSTEM, now=now, new=tree(), on=date(2026, 12, 1))
    assert list(GridUnit.objects.order_by("id").values_list("code", "valid_to")) == before


def tree():
    from anwang.adapters.division import parse_division

    return read_tree(parse_division(TABLE.encode()))[0]


def test_movers_get_codes_and_posts_of_what_moved(cast, now, monkeypatch):
    seen = {}
    monkeypatch.setattr(regridding, "_movers", lambda: [("enterprises", lambda **words: seen.update(words) or 1)])
    actions.regrid(by=SYSTEM, now=now, new=tree(), on=date(2026, 12, 1))
    assert seen["mapping"] == {
        371302101000: 371302109000, 371302101201: 371302109201, 371302101202: 371302109202,
    }  # fmt: skip
    assert set(seen["posts"]) == {cast.township_officer.post.id, cast.village_cadre.post.id, cast.principal.post.id}


@pytest.fixture
def run(db, tmp_path):
    def call(text: str, *options: str):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return CliRunner().invoke(grid, ["load", str(path), "--json", *options])

    return call


def test_the_command_loads_once_and_says_unchanged_the_second_time(run):
    assert json.loads(run(TABLE).stdout)["units"] == 10
    assert json.loads(run(TABLE).stdout)["result"] == "unchanged"


def test_the_command_moves_only_when_told_yes(run):
    run(TABLE, "--on", "2020-03-05")
    moved = TABLE.replace("371302109", "371302108")
    assert run(moved).exception.code == "regrid_confirm"
    assert json.loads(run(moved, "--dry-run").stdout)["counts"]["recoded_township"] == 1
    assert json.loads(run(moved, "--yes").stdout)["mapped"] == 3
    assert json.loads(run(moved).stdout)["result"] == "unchanged"


def test_a_faulty_table_is_refused_with_every_line(run):
    answer = run(TABLE + "12,5,x,y\n371302109203,5,,371302109000\n")
    assert answer.exception.code == "grid_faults"
    assert "第 12 行" in answer.stderr
    assert "第 13 行" in answer.stderr
