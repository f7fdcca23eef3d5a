"""Components: what they show, and what they never let through."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client

from anwang.web.templatetags import web


def render(source: str, **context: object) -> str:
    """One piece of template with components, as text."""
    from django_cotton.compiler_regex import CottonCompiler

    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


@pytest.mark.parametrize(
    ("grade", "words"),
    [("major", "重大风险"), ("larger", "较大风险"), ("general", "一般风险"), ("low", "低风险"), ("", "未定级")],
)
def test_a_risk_is_a_square_with_its_words(grade, words):
    html = render('<c-risk :grade="grade" />', grade=grade)
    assert words in html
    assert f"aw-risk-{grade or 'none'}" in html


def test_a_progress_light_is_never_colour_alone():
    assert "逾期" in render('<c-light state="red" text="逾期" />')


def test_a_number_opens_its_rows():
    html = render('<c-stat label="企业" :value="n" href="/rows" />', n=30218)
    assert '<a class="aw-stat" href="/rows">' in html
    assert "30,218" in html


def test_text_given_to_a_component_is_escaped():
    evil = "<img src=x onerror=alert(1)>"
    parts = [
        '<c-page-header :title="t" :sub="t" />',
        '<c-stat :label="t" :value="t2" />',
        '<c-row :title="t" :note="t" />',
    ]
    parts += ['<c-empty :title="t" :why="t" />', '<c-event :title="t" :who="t" />', '<c-fact :label="t" :value="t" />']
    parts += ['<c-chart id="x" :data="d" :label="t" />', '<c-copy :text="t" />', '<c-light state="red" :text="t" />']
    for part in parts:
        assert "<img" not in render(part, t=evil, t2=1, d={"categories": [evil], "series": []}), part


def test_the_year_has_39_cells_with_words():
    cells = [{"state": "done", "span": 1, "title": f"第 {n} 项"} for n in range(39)]
    html = render('<c-year :cells="cells" label="39 项" />', cells=cells)
    assert html.count("is-done") == 39
    assert "第 38 项" in html


def test_a_post_form_that_destroys_names_its_object():
    html = render('<c-post href="/x" confirm="停用企业“甲”？">go</c-post>')
    assert 'data-confirm="停用企业“甲”？"' in html


def test_a_share_below_one_never_reads_as_all():
    assert web.percent(0.9999) == "99%"
    assert web.percent(0.99996, 1) == "99.9%"
    assert web.percent(1) == "100%"
    assert web.percent(None) == "–"


def test_undo_is_read_from_the_tags_of_a_message():
    assert web.undo_url(SimpleNamespace(extra_tags="saved undo:/enterprises/3/undo")) == "/enterprises/3/undo"
    assert web.undo_url(SimpleNamespace(extra_tags="")) == ""


def test_pages_between_are_left_out():
    assert len(web.page_window(Paginator(range(5000), 20).page(100))) <= 7


def test_the_filters_in_force_are_said_in_words():
    from tests.web.gallery import FilterForm

    chosen = web.chosen_filters(SimpleNamespace(form=FilterForm({"grade": "major", "q": ""})))
    assert chosen == [("grade", "风险等级", "重大风险")]


def test_a_qr_code_carries_no_style_attribute():
    assert "style=" not in web.qr("https://example.org/<script>")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.urls("tests.web.urls")
def test_the_style_guide_shows_every_component():
    html = Client().get("/gallery").content.decode()
    assert "<c-" not in html
    assert "{%" not in html
    assert html.count('id="id_when"') == 1


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.urls("tests.web.urls")
def test_a_form_with_faults_lists_them_first_and_links_them():
    answer = Client().post("/gallery", {"when": "", "way": "phone", "text": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in html
    assert 'href="#id_when"' in html


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.urls("tests.web.urls")
def test_an_error_page_says_one_sentence_that_scripts_can_find():
    for url, status in [("/gallery/refusal", 409), ("/nowhere", 404)]:
        answer = Client().get(url)
        assert answer.status_code == status
        assert "data-error-sentence" in answer.content.decode()
