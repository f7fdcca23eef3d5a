"""The red lines as they stand: what is kept, asked and logged now against the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from anwang.adapters.register_files import load_register
from anwang.domain.base import gettext_noop
from anwang.domain.burden.redlines import Fault, column_faults, log_faults, question_faults
from anwang.domain.burden.register import Register
from anwang.features.policies import queries as policies

from .asking import questions
from .events import kinds
from .schema import columns

#: Switches of libraries that keep their logs of use off; the register says of their tables that nothing is written.
OFF = {"AXES_DISABLE_ACCESS_LOG": True, "AXES_ENABLE_ACCESS_FAILURE_LOG": False}
SWITCHED_ON = gettext_noop("应为 %(found)s：登录成功与否以外的使用情况不记")
FOLDER = Path(__file__).parent / "register"


@dataclass(frozen=True, slots=True)
class Checked:
    """How many things were looked at, and the faults found."""

    columns: int
    questions: int
    logs: int
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1)
def register() -> Register:
    """The register that ships with this version."""
    return load_register(FOLDER)


def check(day: date, kept: Register | None = None) -> Checked:
    """Check everything on a day; three passes over schema, forms and the source of our actions, no row is read."""
    kept = kept or register()
    clauses = {clause.code for clause in policies.current().clauses}
    tables, asked, logged = columns(), questions(day), kinds()
    faults = [
        *column_faults(tables, kept, clauses, day),
        *question_faults(asked, kept, clauses, day),
        *log_faults(logged, kept, clauses, day),
    ]
    return Checked(len(tables), len(asked), len(logged), tuple(faults + _switches()))


def _switches() -> list[Fault]:
    return [
        Fault("redline.switch", f"settings.{name}", SWITCHED_ON, str(value))
        for name, value in OFF.items()
        if getattr(settings, name, None) is not value
    ]
