"""Templates: nothing that the security policy blocks, a closed network cannot fetch or nobody could translate."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import FEATURES, name, templates

COMMENTS = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*-?%\}|\{%-?\s*trans(?:late)?\b.*?%\}|_\((\"[^\"]*\"|'[^']*')\)",
    re.DOTALL,
)
# Codes of clauses are names, not words; a language is called in itself; the style guide shows made-up firms.
CODES = re.compile(r"[一二三四]\.\d+(?:\.\d+)?|附件\s?\d|lang=\"zh[^>]*>.*?</", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]+[^\s<]*")


def text_of(path) -> str:
    """A template's source without comments."""
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_brings_no_inline_style_or_handler(path):
    found = re.findall(r"<[^>]*\s(style|on[a-z]+)\s*=\s*[\"']", text_of(path))
    assert not found, "the content security policy blocks them: use a class or a script of the build"


@pytest.mark.parametrize("path", templates(), ids=name)
def test_inline_scripts_and_styles_carry_the_nonce(path):
    tags = re.findall(r"<(?:script|style)\b[^>]*>", text_of(path))
    assert not [t for t in tags if "nonce" not in t and "src=" not in t]


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_fetches_nothing_from_another_host(path):
    assert not re.findall(r"(?:src|href|action|hx-\w+)\s*=\s*[\"'](?:https?:)?//[^\"']*", text_of(path))


@pytest.mark.parametrize("path", [p for p in templates() if p.stem != "styleguide"], ids=name)
def test_every_chinese_word_of_a_template_can_be_translated(path):
    assert not CHINESE.findall(CODES.sub("", TRANSLATED.sub("", text_of(path))))


@pytest.mark.parametrize("path", [p for p in templates() if FEATURES in p.parents], ids=name)
def test_templates_never_write_unescaped_text(path):
    assert not re.findall(r"\|\s*safe\b|\{%\s*autoescape\s+off", text_of(path)), (
        "build safe HTML in a component, not by trust"
    )
