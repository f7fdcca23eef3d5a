"""Compile every .po under a folder to .mo, without gettext's tools: `compile_messages.py src/anwang/locale`."""

import sys
from pathlib import Path

import polib


def compile_folder(folder: Path) -> int:
    """Compile what is out of date; give the number of catalogues written."""
    written = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        polib.pofile(str(source)).save_as_mofile(str(target))
        written += 1
    return written


if __name__ == "__main__":
    compile_folder(Path(sys.argv[1]))
