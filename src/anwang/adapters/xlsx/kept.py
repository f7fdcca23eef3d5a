"""A table written to the disk, not to memory, and kept for fetching: what an export answers with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from anwang.adapters import media

FOLDER = "exports"


def kept_table(name: str, write: Callable[[Path], int]) -> dict[str, Any]:
    """Let a table be written and keep it under a name for people: {file, name, rows}.

    Nothing names the file but the work that made it, so the sweep of stored files takes it after a day.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        rows = write(path)
        with path.open("rb") as made:
            kept, _digest = media.keep_file(made, folder=FOLDER, suffix=".xlsx")
    return {"file": kept, "name": name, "rows": rows}
