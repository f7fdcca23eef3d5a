"""The register of what is kept, asked and logged, read from its files: one a feature, one for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.burden.register import Entry, Register

COMMON = "_common.yaml"
FIELDS = frozenset({"clause", "use", "keep", "review", "allow", "fact"})
SECTIONS = frozenset({"models", "forms", "pages", "answers", "logs"})

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WRONG = gettext_noop("登记册 %(file)s 的 %(where)s 写法不对：%(found)s")


def load_register(folder: Path) -> Register:
    """The register of a folder. A file is called as its feature; `_common.yaml` has laws, defaults and classes.

    Refuses `register_faulty` with the file and the place.
    """
    common = _read(folder / COMMON)
    usual = {"keep": str(common.get("keep", "")), "review": _day(COMMON, "review", common.get("review"))}
    parts: dict[str, dict[str, Entry]] = {name: {} for name in ("columns", "forms", "answers", "logs", "groups")}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != COMMON:
            _take(parts, path, usual)
    technical = {
        str(name): _entry(COMMON, str(name), each, usual)
        for each in common.get("technical", [])
        for name in each["columns"]
    }
    laws = {str(code): str(title) for code, title in common.get("laws", {}).items()}
    return Register(technical=technical, laws=laws, **parts)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise _faulty(path.name, "–", str(error).splitlines()[0]) from error
    return _table(path.name, "–", found)


def _take(parts: dict[str, dict[str, Entry]], path: Path, usual: Mapping[str, Any]) -> None:
    """Add one feature's file. Its own keep and review stand for all that is in it."""
    data, feature = _read(path), path.stem
    usual = {**usual, **_given(path.name, "–", {key: data[key] for key in ("keep", "review", "clause") if key in data})}
    if unknown := set(data) - SECTIONS - {"keep", "review", "clause"}:
        raise _faulty(path.name, "–", "、".join(sorted(map(str, unknown))))
    for model, spec in data.get("models", {}).items():
        label = str(model) if "." in str(model) else f"{feature}.{model}"
        _group(parts, "columns", path.name, label, spec, usual)
    for form, spec in data.get("forms", {}).items():
        _group(parts, "forms", path.name, f"{feature}.{form}", spec, usual)
    for page, spec in data.get("pages", {}).items():
        _group(parts, "forms", path.name, f"{feature}:{page}", spec, usual)
    for name in ("answers", "logs"):
        for key, spec in data.get(name, {}).items():
            parts[name][str(key)] = _entry(path.name, str(key), spec, usual)


def _group(
    parts: dict[str, dict[str, Entry]], part: str, file: str, label: str, spec: Any, usual: Mapping[str, Any]
) -> None:
    """Add the fields of a model or form: a list of names that share its use, or names with their own."""
    table = _table(file, label, spec)
    fields = table.get("fields", [])
    shared = {**usual, **_given(file, label, {key: value for key, value in table.items() if key != "fields"})}
    named: Iterable[tuple[Any, Any]] = fields.items() if isinstance(fields, dict) else ((name, {}) for name in fields)
    parts["groups"][label] = Entry(**shared)
    parts[part].update({f"{label}.{name}": _entry(file, f"{label}.{name}", each, shared) for name, each in named})


def _entry(file: str, where: str, spec: Any, usual: Mapping[str, Any]) -> Entry:
    given = {"use": spec} if isinstance(spec, str) else _table(file, where, spec)
    return Entry(**{**usual, **_given(file, where, {key: value for key, value in given.items() if key != "columns"})})


def _given(file: str, where: str, table: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(table) - FIELDS:
        raise _faulty(file, where, "、".join(sorted(map(str, unknown))))
    return {key: _day(file, where, value) if key == "review" else str(value) for key, value in table.items()}


def _table(file: str, where: str, found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _faulty(file, where, str(found)[:40])
    return found


def _day(file: str, where: str, found: Any) -> date | None:
    if found is None or isinstance(found, date):
        return found
    raise _faulty(file, where, str(found)[:40])


def _faulty(file: str, where: str, found: str) -> Refusal:
    return Refusal("register_faulty", _WRONG, file=file, where=where, found=found)
