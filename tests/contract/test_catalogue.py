"""English complete: every sentence of the sources has its English, and no page of any role shows Chinese but data."""

from __future__ import annotations

import html
import re
from itertools import chain
from pathlib import Path

import polib
import pytest
import yaml
from django.apps import apps
from django.db import models
from django.urls import get_resolver, reverse

from anwang.config.access import pages
from scripts import catalogue
from tests.contract.test_strangers import ours, paths  # noqa: F401 — one of every kind of object

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "anwang" / "locale"
CHINESE = re.compile(r"[\u4e00-\u9fff][^<>\"]*")
REGISTER = ROOT / "src" / "anwang" / "features" / "burden" / "queries" / "register"
#: What a page may show in Chinese: codes of clauses, and the name of the other language.
NAMES = re.compile(
    r"附件\s?\d?(?:[.（][一二三四五六七八九\d]+）?)*|\b[一二三四](?:\.\d+|\b)|（[一二三四五]）|lang=\"zh[^>]*>.*?</(?:button|a)>",
    re.DOTALL,
)
#: Scripts carry no words of their own; what the page tells them is in attributes, which are looked at.
SILENT = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->", re.DOTALL)
CAST = ["city_office", "county_leader", "township_officer", "village_cadre", "principal"]


@pytest.mark.slow
def test_the_english_catalogue_lacks_nothing():
    assert catalogue.faults() == []


@pytest.mark.parametrize("source", sorted(LOCALE.rglob("*.po")), ids=lambda path: path.parts[-3])
def test_a_catalogue_compiles(source, tmp_path):
    target = tmp_path / "django.mo"
    polib.pofile(str(source)).save_as_mofile(str(target))
    assert len(polib.mofile(str(target))) == len(polib.pofile(str(source)).translated_entries()) > 0


def test_every_choice_of_a_model_has_its_english():
    known = {entry.msgid for entry in polib.pofile(str(catalogue.CATALOGUE)) if entry.translated()}
    labels = {
        str(label)
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("anwang.")
        for field in model._meta.concrete_fields
        for _value, label in field.flatchoices
    }
    assert len(labels) > 30
    assert sorted(label for label in labels if CHINESE.search(label) and label not in known) == []


def data_words() -> list[str]:
    """Every text that stands in the database or the policy: names, reasons, the notice itself; the longest first."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_config.name.startswith("anwang."):
            fields = [
                f.attname for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)
            ]
            found |= set(chain.from_iterable(model._default_manager.values_list(*fields))) if fields else set()
    translated = set(catalogue.sentences())
    for path in (ROOT / "policies").glob("*/*.yaml"):
        words = set(_texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
        found |= words if path.stem == "clauses" else words - translated
    # The register of fields is the office's own legal text, kept in Chinese as the notice is.
    for path in REGISTER.glob("*.yaml"):
        found |= set(_all_texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    return sorted((word for word in found if isinstance(word, str) and CHINESE.search(word)), key=len, reverse=True)


def _all_texts(node):
    """Keys and values."""
    if isinstance(node, dict):
        yield from chain.from_iterable(_all_texts(each) for pair in node.items() for each in pair)
    elif isinstance(node, list):
        yield from chain.from_iterable(map(_all_texts, node))
    elif isinstance(node, str) and len(node) > 1:
        yield node


def _texts(node):
    if isinstance(node, dict):
        yield from chain.from_iterable(_texts(value) for key, value in node.items() if key != "title")
    elif isinstance(node, list):
        yield from chain.from_iterable(_texts(value) for value in node)
    elif isinstance(node, str) and len(node) > 1:
        yield from (node, *node.splitlines())


def chinese_of(answer, data: list[str]) -> list[str]:
    """What is still Chinese on a page once the data is taken out."""
    text = html.unescape(SILENT.sub("", answer.content.decode()))
    for word in data:
        if word in text:
            text = text.replace(word, "")
    return [found.strip()[:40] for found in CHINESE.findall(NAMES.sub("", text))]


def in_english(cast, who):
    browser = cast.sign_in(who)
    browser.cookies["django_language"] = "en"
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"  # pages without cookies go by it
    return browser


def plain_paths():
    """Every address without parameters that a person may open."""
    for pattern in _patterns(get_resolver().url_patterns):
        if pages().get(pattern.name) and not pattern.pattern.converters:
            yield reverse(pattern.name)


def _patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def left_over(browser, addresses, data):
    """Address → Chinese of every page that answers in HTML."""
    found = {}
    for path in addresses:
        answer = browser.get(path)
        if answer.get("Content-Type", "").startswith("text/html") and (words := chinese_of(answer, data)):
            found[path] = words
    return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", CAST)
def test_every_page_of_a_role_is_english(ours, cast, who):  # noqa: F811
    data = data_words()
    assert left_over(in_english(cast, who), sorted(set(plain_paths())), data) == {}


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_of_an_object_is_english(ours, cast):  # noqa: F811
    data = data_words()
    addresses = sorted({path for _name, path in paths(ours)})
    assert left_over(in_english(cast, "city_office"), addresses, data) == {}
    assert left_over(in_english(cast, "county_leader"), addresses, data) == {}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["city_office", "village_cadre"])
def test_what_an_empty_form_is_told_is_english(ours, cast, who):  # noqa: F811
    browser, data = in_english(cast, who), data_words()
    told = {}
    for path in sorted(set(plain_paths())):
        answer = browser.post(path, {})
        assert answer.status_code < 500, path
        if answer.get("Content-Type", "").startswith("text/html") and (words := chinese_of(answer, data)):
            told[path] = words
    assert told == {}
