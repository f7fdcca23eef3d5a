"""The tree of sources as the architecture tests read it: files, syntax trees, templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "anwang"
FEATURES = PACKAGE / "features"
DOMAIN = PACKAGE / "domain"

FEATURE_MODULES = {
    *("urls", "views", "api", "jobs", "admin", "management", "forms", "actions", "permissions", "queries", "models"),
    *("apps", "migrations"),
}
ENTRY_MODULES = {"views", "api", "forms", "jobs", "management"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def python_files(*folders: Path) -> list[Path]:
    """The Python files below the folders, without generated migrations."""
    found = (p for folder in folders for p in folder.rglob("*.py"))
    return sorted(p for p in found if "migrations" not in p.parts)


def feature_files(*modules: str) -> list[Path]:
    """The files of these modules of all features: `actions.py` as well as `actions/*.py`."""
    return [p for p in python_files(FEATURES) if module_of(p) in modules]


def module_of(path: Path) -> str:
    """The module of its feature that a file belongs to: 'views' for features/x/views/list.py."""
    parts = path.relative_to(FEATURES).with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    return (n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def public(nodes: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    """The functions and classes among the statements whose name does not begin with an underscore."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return (n for n in nodes if isinstance(n, kinds) and not n.name.startswith("_"))


def exported(init: Path) -> set[str]:
    """What a package lists in `__all__`."""
    lists = [n.value for n in tree(init).body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]
    return {name for value in lists for name in ast.literal_eval(value)}


def offered(path: Path) -> Iterator[Function]:
    """The functions by which an `actions` module serves others: in a package, those that it exports.

    What a worker starts (`@task`) has no caller who could say who or when.
    """
    init = path.parent / "__init__.py"
    names = exported(init) if path.parent.name == "actions" else None
    for node in public(tree(path).body):
        started = any(ast.unparse(d).split("(")[0] == "task" for d in node.decorator_list)
        if not isinstance(node, ast.ClassDef) and not started and (names is None or node.name in names):
            yield node


def imported(path: Path) -> Iterator[str]:
    """Dotted names that a file imports; `from a import b` gives both `a` and `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from absolute(path, node)


def absolute(path: Path, node: ast.ImportFrom) -> Iterator[str]:
    """The absolute names of a `from … import …`, relative ones resolved against the file's package."""
    module = node.module or ""
    if node.level:
        package = path.relative_to(SRC).parent.parts
        module = ".".join([*package[: len(package) - node.level + 1], *filter(None, [module])])
    yield module
    yield from (f"{module}.{alias.name}" for alias in node.names)


def templates() -> list[Path]:
    """Every HTML template of the platform."""
    return sorted(p for p in PACKAGE.rglob("*.html") if "templates" in p.parts)


def name(path: Path) -> str:
    """How a file is called in a test's name."""
    return str(path.relative_to(ROOT))
