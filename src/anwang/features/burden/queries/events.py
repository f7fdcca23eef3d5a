"""Kinds of events that our actions write into the trail, read from their source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

KIND = re.compile(r"(\*|[a-z]+(_[a-z]+)*)\.[a-z_*]+")


def kinds() -> list[str]:
    """All of them; where a part is made at run time it stands as *."""
    return sorted({kind for path in _sources() for kind in _kinds(path)})


def _sources() -> Iterator[Path]:
    for app in apps.get_app_configs():
        if app.name.startswith("anwang.features."):
            folder = Path(app.path)
            yield from [path for path in (folder / "actions.py",) if path.exists()]
            yield from sorted((folder / "actions").rglob("*.py"))


def _kinds(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(part) for node in ast.walk(tree) if _says(node) for part in ast.walk(node)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            text = node.value
        if KIND.fullmatch(text):
            yield text


def _says(node: ast.AST) -> bool:
    """A refusal, a decision or a reason: its code is no kind of event."""
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return called.split(".")[-1] in {"Refusal", "refuse", "Reason", "Fault", "import_module", "getattr"}
