"""Long work is named by text; every name that the code mentions is a function that takes report and work."""

import inspect
import re
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

SOURCE = Path(__file__).parents[2] / "src" / "anwang"
NAME = re.compile(r'"(anwang\.features\.\w+\.jobs\.\w+)"')
PREFIX = re.compile(r'^JOBS = "(anwang\.features\.\w+\.jobs)"', re.MULTILINE)
REST = re.compile(r'f"\{JOBS\}\.(\w+)"')


def named():
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        yield from NAME.findall(text)
        for prefix in PREFIX.findall(text):
            yield from (f"{prefix}.{rest}" for rest in REST.findall(text))


@pytest.mark.parametrize("name", sorted(set(named())))
def test_a_named_work_exists(name):
    assert list(inspect.signature(import_string(name)).parameters)[:2] == ["report", "work"]


def test_work_is_named():
    assert len(set(named())) >= 6
