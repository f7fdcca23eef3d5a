"""The architecture, as tests. If one fails, move the code; do not relax the test without an ADR."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture.source import (
    DOMAIN,
    ENTRY_MODULES,
    FEATURE_MODULES,
    FEATURES,
    PACKAGE,
    ROOT,
    SRC,
    exported,
    feature_files,
    functions,
    imported,
    module_of,
    name,
    offered,
    public,
    python_files,
    tree,
)

ORM = {
    *("objects", "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"),
    *("_default_manager", "_base_manager"),
}
EVERYTHING = python_files(PACKAGE)
OWN_CODE = python_files(PACKAGE, ROOT / "tests", ROOT / "bench", ROOT / "scripts")


@pytest.mark.parametrize("path", feature_files(*ENTRY_MODULES), ids=name)
def test_entry_points_never_touch_the_orm(path):
    used = {n.attr for n in ast.walk(tree(path)) if isinstance(n, ast.Attribute)}
    assert not used & ORM, "call an action or a query instead"
    database = {n for n in imported(path) if f"{n}.".startswith("django.db.")}
    assert database <= {"django.db.models", "django.db.models.QuerySet"}, "they may name the type of rows, nothing more"


@pytest.mark.parametrize("path", python_files(FEATURES), ids=name)
def test_a_feature_is_used_only_through_its_actions_and_queries(path):
    own = path.relative_to(FEATURES).parts[0]
    for target in imported(path):
        if not target.startswith("anwang.features."):
            continue
        other, *rest = target.removeprefix("anwang.features.").split(".")
        if other != own and module_of(path) not in {"migrations", "models"} and rest:
            assert rest[0] in {"actions", "queries"}, target


@pytest.mark.parametrize("path", feature_files("models"), ids=name)
def test_models_know_other_features_only_by_name(path):
    own = path.relative_to(FEATURES).parts[0]
    others = {n.split(".")[2] for n in imported(path) if n.startswith("anwang.features.") and n.count(".") > 1}
    assert others <= {own}, "a foreign key takes the model's name as text"


@pytest.mark.parametrize("feature", sorted(p for p in FEATURES.iterdir() if (p / "__init__.py").exists()), ids=name)
def test_a_feature_holds_only_the_listed_modules(feature):
    entries = {p.stem for p in feature.iterdir() if p.name not in {"__init__.py", "__pycache__"}}
    assert entries <= FEATURE_MODULES | {"templates"}
    if (feature / "templates").exists():
        assert {p.name for p in (feature / "templates").iterdir()} == {feature.name}, (
            "templates have their feature's name"
        )


@pytest.mark.parametrize("path", feature_files("actions"), ids=name)
def test_actions_take_keywords_with_the_actor_and_the_time(path):
    for action in offered(path):
        arguments = action.args
        explicit = {a.arg for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is None}
        assert not arguments.posonlyargs + arguments.args, f"{action.name}: keywords only"
        assert {"by", "now"} <= explicit, f"{action.name}: who (by) and when (now) are the caller's to say"


@pytest.mark.parametrize("path", python_files(FEATURES), ids=name)
def test_the_actions_of_other_features_are_those_they_offer(path):
    own = path.relative_to(FEATURES).parts[0]
    for target in (t for t in imported(path) if re.match(r"anwang\.features\.\w+\.actions\.", t)):
        _, _, other, _, action, *_ = target.split(".")
        if other != own and (FEATURES / other / "actions").is_dir():
            assert action in exported(FEATURES / other / "actions" / "__init__.py"), target


@pytest.mark.parametrize("path", python_files(DOMAIN) + feature_files("actions"), ids=name)
def test_what_the_domain_and_the_actions_offer_is_described(path):
    silent = [n.name for n in public(tree(path).body) if not ast.get_docstring(n)]
    assert not silent, "say shapes, units, errors and the clause"


@pytest.mark.parametrize("path", feature_files("models"), ids=name)
def test_models_hide_nothing_in_save_or_delete(path):
    hidden = [f.name for f in functions(path) if f.name in {"save", "delete", "full_clean"}]
    assert not hidden, "writes belong to actions, integrity to database constraints"


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_nothing_happens_by_signal(path):
    assert not [n for n in imported(path) if n.endswith(".signals") or n.startswith("django.dispatch")]


@pytest.mark.parametrize("path", [p for p in EVERYTHING if p.name != "__main__.py"], ids=name)
def test_nothing_prints(path):
    calls = {n.func.id for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert "print" not in calls, "the command line echoes, everything else returns or logs"


def test_no_file_is_a_drawer_for_anything():
    assert not [name(p) for p in OWN_CODE if re.fullmatch(r"(utils?|helpers?|common|misc|tools?)", p.stem)]


@pytest.mark.parametrize("path", OWN_CODE, ids=name)
def test_files_and_functions_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, "split by concept, not by layer"
    long = [f.name for f in functions(path) if f.end_lineno and f.end_lineno - f.lineno >= 40]
    assert not long, "a function does one thing"


@pytest.mark.parametrize("path", python_files(DOMAIN), ids=name)
def test_the_domain_reads_no_clock_and_no_chance(path):
    for call in (n for n in ast.walk(tree(path)) if isinstance(n, ast.Call)):
        called = ast.unparse(call.func)
        assert not re.search(r"\b(datetime\.now|date\.today|datetime\.today|datetime\.utcnow)$", called), called
        assert not called.endswith("default_rng") or call.args, "chance comes from a seed that the caller gives"


@pytest.mark.slow
def test_the_domain_runs_without_django():
    script = (
        "import sys; sys.modules['django'] = None; import pkgutil, importlib, anwang.domain as d; "
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(d.__path__, 'anwang.domain.')]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": str(SRC)})


@pytest.mark.slow
def test_every_import_contract_is_kept():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
