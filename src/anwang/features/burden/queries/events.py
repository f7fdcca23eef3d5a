"""Kinds of events that our actions write into the trail, read from their source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

KIND = re.compile(r"(\*|[a-z]+(_[a-z]+)*)\.[a-z_*]+")


SAYING = frozenset({"Refusal", "refuse", "Reason", "Fault", "import_module", "getattr"})


@cache
def kinds() -> tuple[str, ...]:
    """All of them; where a part is made at run time it stands as *. Read once a process: source does not change."""
    return tuple(sorted({kind for path in _sources() for kind in _kinds(ast.parse(path.read_text(encoding="utf-8")))}))


def _sources() -> Iterator[Path]:
    for app in apps.get_app_configs():
        if app.name.startswith("anwang.features."):
            folder = Path(app.path)
            yield from [path for path in (folder / "actions.py",) if path.exists()]
            yield from sorted((folder / "actions").rglob("*.py"))


def _kinds(node: ast.AST) -> Iterator[str]:
    """Texts of the shape of a kind, but for the codes of refusals, decisions and reasons."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in SAYING:
        return
    if isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        if KIND.fullmatch(text := "".join(parts)):
            yield text
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and KIND.fullmatch(node.value):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _kinds(child)
