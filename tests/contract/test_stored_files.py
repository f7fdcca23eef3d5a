"""No feature keeps files that `anwang verify` does not know of and `anwang sweep` would delete."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from anwang.features.audit import queries
from tests.architecture.source import FEATURES, feature_files, name, tree

#: How columns are called that hold the path of a file.
PATHS = re.compile(r"(^|_)(file|path|photo|thumb|picture|image|signature|scan|attachment|pack)$")
OURS = [model for model in apps.get_models() if model.__module__.startswith("anwang.")]
LOOKING_SO = [
    (model, column.attname)
    for model in OURS
    for column in model._meta.concrete_fields
    if PATHS.search(column.attname) and isinstance(column, models.CharField | models.TextField | models.FileField)
]


def keeps_files(path) -> bool:
    """Whether a module stores a file."""
    calls = (ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return any(call in {"media.keep", "media.keep_file"} for call in calls)


@pytest.mark.parametrize(("model", "column"), LOOKING_SO, ids=lambda part: getattr(part, "__name__", part))
def test_a_column_that_is_called_as_a_stored_file_is_of_that_type(model, column):
    assert (model, column) in queries.stored_columns(), "give it the type adapters.stored_files.StoredFile"


def test_columns_of_files_are_found_by_their_names():
    assert len(LOOKING_SO) >= 15


@pytest.mark.parametrize(
    "path", [path for path in feature_files("actions", "views", "jobs") if keeps_files(path)], ids=name
)
def test_what_keeps_files_is_a_feature_whose_files_are_known(path):
    feature = path.relative_to(FEATURES).parts[0]
    assert any(model._meta.app_label == feature for model, _ in queries.stored_columns())


@pytest.mark.slow
def test_nothing_writes_into_the_media_folder_but_the_adapter():
    """Reading its place is for those who purge or prove; files come into it with a name that proves them."""
    writing = {"write_bytes", "write_text", "open"}
    for path in feature_files("actions", "views", "jobs", "queries"):
        used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
        if "MEDIA_ROOT" in used and name(path).rpartition("/")[2] != "printing.py":
            assert not used & writing, path
