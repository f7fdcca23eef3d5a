"""Marks that stand in every row are written out where they stand, and look exactly as their components do."""

from __future__ import annotations

import pytest
from django.template import Context, Template, engines
from django.utils import translation

from anwang.web.loading import MARKS, written_out

ROW = {"grade": "major", "light": "red", "name": "a<b&c", "icon": "bell"}
WRITTEN = [
    '<c-light state="green" text="正常" />',
    '<c-light text="正常" />',
    '<c-light state="{{ row.light }}" text="{% translate row.name %}" />',
    '<c-light :state="row.light" :text="row.name" />',
    '<c-light state="{% if row.light < 3 %}red{% else %}yellow{% endif %}" text="{{ row.name }}" />',
    '<c-risk :grade="row.grade" />',
    '<c-risk grade="low" />',
    "<c-risk />",
    '<c-icon name="bell" class="aw-large" />',
    '<c-icon :name="row.icon" />',
]
KEPT = [
    '<c-light state="green">正常</c-light>',
    '<c-light state="green" text="1 < 2" />',
    '<c-light state="green" text="正常" data-x="1" />',
    "<c-icon name=\"{% if row.icon %}bell{% endif %}\" />",
    "<c-icon name=\"x\" label=\"{% translate '关闭' %}\" />",
    '<c-button icon="bell">打开</c-button>',
]  # fmt: skip


def drawn(source: str) -> str:
    """What a template draws, its components called as components."""
    from django_cotton.compiler_regex import CottonCompiler

    compiled = CottonCompiler().process("{% load i18n %}" + source)
    return Template(compiled, engine=engines["django"].engine).render(Context({"row": ROW}))


@pytest.mark.parametrize("source", WRITTEN)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_mark_that_is_written_out_looks_like_its_component(source, language):
    with translation.override(language):
        assert written_out(source) != source
        assert drawn(written_out(source)) == drawn(source).rstrip("\n")


@pytest.mark.parametrize("source", KEPT)
def test_what_cannot_be_written_out_stays_a_component(source):
    assert written_out(source) == source


def test_pages_call_no_component_for_what_is_written_out():
    template = engines["django"].get_template("web/_top.html").template
    names = {getattr(node, "component_name", "") for node in template.nodelist.get_nodes_by_type(object)}
    assert not names & set(MARKS)


def test_a_text_that_never_varies_is_kept_for_each_language():
    page = Template("{% load web %}{% unvarying 'web/_dialogs.html' %}")
    with translation.override("zh-hans"):
        chinese = page.render(Context())
    with translation.override("en"):
        english = page.render(Context())
    assert "键盘操作" in chinese
    assert "键盘操作" not in english
    assert "Keyboard" in english


@pytest.mark.parametrize("name", ["web/_dialogs.html", "web/_words.html"])
def test_what_never_varies_knows_nobody(name):
    """It is kept for everybody: a variable in it would show one reader what is another's."""
    source = engines["django"].get_template(name).template.source
    assert "{{" not in source
    assert "{% if" not in source
