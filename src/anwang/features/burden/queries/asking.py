"""Everything that is asked: fields of forms, inputs written into pages, answers that duties require."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

from django import forms
from django.apps import apps

from anwang.domain.burden.redlines import Question
from anwang.features.policies import queries as policies

FEATURES = "anwang.features."
INPUT = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
NAME = re.compile(r'\bname="([^"]+)"')
REQUIRED = re.compile(r"\srequired[\s>{]")


def questions(day: date) -> list[Question]:
    """All of them, each once, by place: feature.Form.field, feature:page.input, answer.code."""
    found = [*_form_fields(), *_page_inputs(), *_answers(day)]
    return list({question.place: question for question in found}.values())


def _form_fields() -> Iterator[Question]:
    for feature, form in _forms():
        page = f"{feature}.{form.__name__}"
        for name, field in form.base_fields.items():
            hidden = isinstance(field.widget, forms.HiddenInput)
            file = isinstance(field, forms.FileField)
            label = "" if hidden else str(field.label or "")
            yield Question(f"{page}.{name}", name, label, field.required and not hidden, file, page)
        for name, required in _added(form.__module__, form.__name__):
            if name not in form.base_fields:
                yield Question(f"{page}.{name}", name, "", required, page=page)


@cache
def _forms() -> tuple[tuple[str, type[forms.Form]], ...]:
    """(feature, form) of every form class of ours."""
    found: dict[tuple[str, str], type[forms.Form]] = {}
    for module in _modules("forms"):
        feature = module.__name__.split(".")[2]
        for _, each in getmembers(module, isclass):
            if issubclass(each, forms.Form) and each.__module__ == module.__name__:
                found[feature, f"{each.__module__}.{each.__name__}"] = each
    return tuple((feature, each) for (feature, _), each in sorted(found.items(), key=lambda item: item[0]))


def _modules(name: str) -> Iterator[ModuleType]:
    """The module of this name of each feature, and what is in it when it is a package."""
    for app in apps.get_app_configs():
        if not app.name.startswith(FEATURES) or not _exists(Path(app.path), name):
            continue
        module = import_module(f"{app.name}.{name}")
        yield module
        for each in walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
            yield import_module(each.name)


def _exists(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()


@cache
def _added(module: str, form: str) -> tuple[tuple[str, bool], ...]:
    """(name, required) of fields that a form adds to itself when it is made: self.fields["name"] = …"""
    path = Path(str(import_module(module).__file__))
    found = []
    for node in _tree(path).body:
        if isinstance(node, ast.ClassDef) and node.name == form:
            for each in ast.walk(node):
                if isinstance(each, ast.Assign) and (name := _field_name(each.targets[0])):
                    optional = any(isinstance(n, ast.keyword) and _is_optional(n) for n in ast.walk(each.value))
                    found.append((name, not optional))
    return tuple(found)


def _field_name(target: ast.expr) -> str:
    if not isinstance(target, ast.Subscript) or ast.unparse(target.value) != "self.fields":
        return ""
    return str(target.slice.value) if isinstance(target.slice, ast.Constant) else ""


def _is_optional(keyword: ast.keyword) -> bool:
    return keyword.arg == "required" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _page_inputs() -> tuple[Question, ...]:
    """Required inputs and file boxes that a page writes itself, without a form of its feature."""
    return tuple(_written())


def _written() -> Iterator[Question]:
    known = {(feature, name) for feature, form in _forms() for name in form.base_fields}
    for app in apps.get_app_configs():
        if not app.name.startswith(FEATURES):
            continue
        feature = app.label
        for path in sorted(Path(app.path).glob("templates/**/*.html")):
            for tag in INPUT.findall(path.read_text(encoding="utf-8")):
                name, file = _input_name(tag), 'type="file"' in tag
                required = bool(REQUIRED.search(tag))
                if name and (required or file) and (feature, name) not in known:
                    page = f"{feature}:{path.stem.lstrip('_')}"
                    yield Question(f"{page}.{name}", name, "", required, file, page)


def _input_name(tag: str) -> str:
    found = NAME.search(tag)
    return found.group(1).split("{{")[0].strip("-_ ") if found else ""


def _answers(day: date) -> Iterator[Question]:
    """The answers of the duty rules in force; one code is asked once a record."""
    for rule in policies.current().duty_rules(day):
        for answer in rule.answers:
            required = answer.required or answer.must_be is not None
            yield Question(f"answer.{answer.code}", answer.code, answer.label, required, page="answer")
