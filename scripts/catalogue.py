"""The English catalogue: `catalogue.py` brings it up to date with the sources, `--check` says what it lacks.

No gettext tools are needed. Strings come from Python (gettext, gettext_noop, _, gettext_lazy, ngettext) and from
templates (translate, blocktranslate). What is gone from the sources goes from the catalogue; nothing is guessed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src" / "anwang"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "npgettext", "pgettext"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd%]|\{(\w*)\}")


def sentences() -> dict[str, str]:
    """Every Chinese string that a reader may see, and the first file that has it."""
    found: dict[str, str] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        if not {"migrations", "node_modules", "dist"} & set(path.parts):
            for text in _of_file(path):
                found.setdefault(text, path.relative_to(SOURCE).as_posix())
    return found


def _of_file(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    code = templatize(text) if path.suffix == ".html" else text
    for _line, message, _comments, _context in extract("python", BytesIO(code.encode()), KEYWORDS):
        for part in message if isinstance(message, tuple) else (message,):
            if part and CHINESE.search(part):
                yield part


def update() -> int:
    """Bring the catalogue up to date; returns how many strings still have no English."""
    wanted = sentences()
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    book = polib.POFile(wrapwidth=110)
    book.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text, place in sorted(wanted.items(), key=lambda pair: (pair[1], pair[0])):
        book.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), occurrences=[(place, "")]))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(CATALOGUE))
    return len(book.untranslated_entries())


def faults() -> list[str]:
    """What the catalogue lacks or gets wrong: missing strings, empty ones, lost places."""
    wanted = sentences()
    book = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    lacking = [f"no English: {text} ({place})" for text, place in wanted.items() if not book.get(text)]
    places = [
        f"places differ: {text} → {english}"
        for text, english in book.items()
        if english and sorted(map(str, PLACE.findall(text))) != sorted(map(str, PLACE.findall(english)))
    ]
    chinese = [f"still Chinese: {text} → {english}" for text, english in book.items() if CHINESE.search(english or "")]
    return lacking + places + chinese


def main() -> None:
    settings.configure(USE_I18N=True)
    django.setup()
    if "--check" in sys.argv:
        found = faults()
        print("\n".join(found[:40]))
        sys.exit(f"{len(found)} faults in the English catalogue" if found else 0)
    print(f"{update()} without English")


if __name__ == "__main__":
    main()
