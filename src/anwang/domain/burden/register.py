"""The register: for every column, field and kind of log a clause or law, a use, how long it is kept, a review day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """Why something is kept, asked or logged.

    `allow`: why a name that looks forbidden is not; `fact`: what is asked, where several fields ask the same.
    """

    clause: str = ""
    use: str = ""
    keep: str = ""
    review: date | None = None
    allow: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Entries by place. `columns`: model.column · `technical`: column names of any model with their class's entry ·
    `forms`: form.field · `answers`: code of a question · `logs`: kind of event, or the beginning of kinds with a dot.

    `groups`: what a whole table, form or page is for. `laws`: codes that may stand instead of a clause of the policy,
    with their titles.
    """

    columns: Mapping[str, Entry] = field(default_factory=dict)
    technical: Mapping[str, Entry] = field(default_factory=dict)
    forms: Mapping[str, Entry] = field(default_factory=dict)
    answers: Mapping[str, Entry] = field(default_factory=dict)
    logs: Mapping[str, Entry] = field(default_factory=dict)
    groups: Mapping[str, Entry] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)

    def column(self, model: str, name: str) -> Entry | None:
        """The entry of a column: its own, else that of its class."""
        return self.columns.get(f"{model}.{name}") or self.technical.get(name)

    def log_key(self, kind: str) -> str | None:
        """Where the entry of a kind of event stands: its own, else the longest beginning of it."""
        found = [key for key in self.logs if key == kind or (key.endswith(".") and kind.startswith(key))]
        return max(found, key=len, default=None)
