"""The English catalogue: `catalogue.py` brings it up to date with the sources, `--check` says what it lacks.

No gettext tools are needed. Strings come from Python (gettext, gettext_noop, _, gettext_lazy, ngettext, the headers of
spreadsheet fields), from templates (translate, blocktranslate) and from what screens show of the policies. What is
gone from the sources goes from the catalogue; nothing is guessed.

A sentence counted anywhere (`blocktranslate count`) has one entry with an English singular and plural; gettext finds
its singular too. A word from a policy is translated when it is one of ours; another city's words stay as they are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import polib
import yaml
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "anwang"
POLICIES = ROOT / "policies"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: Function → which arguments are sentences; None is the first. A Field has its header second, a report its phase third.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "translate")),
    "ngettext": (1, 2),
    "Field": (2,),
    "_field": (2,),
    "report": (3,),
}
#: Of each policy file, the keys whose values stand on screens. The text of the notice itself is never translated.
POLICY_WORDS = {
    "assessment": {"title"},
    "clauses": {"title"},
    "documents": {"title"},
    "duties": {"title", "short", "label", "help", "text"},
    "industries": {"name"},
    "ladder": {"label", "title", "name"},
    "milestones": {"title", "deliverable"},
    "policy": {"label", "leader", "name", "title"},
    "visits": {"label"},
}
#: Letters, and the marks that an English page has no use for.
CHINESE = re.compile(r"[\u4e00-\u9fff\u3001\u3002\uff01-\uff5e]")
PLACE = re.compile(r"%\((\w+)\)[a-z]|%[sd%]|\{(\w*)\}")

Found = dict[str, tuple[str, str]]


def sentences() -> Found:
    """Every Chinese string that a reader may see: its plural (mostly none) and the first file that has it."""
    found: Found = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        if not {"migrations", "node_modules", "dist"} & set(path.parts):
            for text, plural in _of_file(path):
                _, place = found.get(text, ("", path.relative_to(ROOT).as_posix()))
                found[text] = (plural or found.get(text, ("", ""))[0], place)
    for path in sorted(POLICIES.glob("*/*.yaml")):
        for text in _of_policy(yaml.safe_load(path.read_text(encoding="utf-8")), POLICY_WORDS.get(path.stem, set())):
            found.setdefault(text, ("", path.relative_to(ROOT).as_posix()))
    return found


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    text = path.read_text(encoding="utf-8")
    code = templatize(text) if path.suffix == ".html" else text
    for _line, message, _comments, _context in extract("python", BytesIO(code.encode()), KEYWORDS):
        first, plural = message[:2] if isinstance(message, tuple) else (message, "")
        if first and CHINESE.search(first):
            yield first, plural or ""


def _of_policy(node: Any, keys: set[str], key: str = "") -> Iterator[str]:
    """The Chinese values of these keys, wherever they stand in the file."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _of_policy(value, keys, name)
    elif isinstance(node, list):
        for value in node:
            yield from _of_policy(value, keys, key)
    elif isinstance(node, str) and key in keys and CHINESE.search(node):
        yield node


def update() -> int:
    """Bring the catalogue up to date; returns how many strings still have no English."""
    known = {entry.msgid: entry for entry in _book()}
    book = polib.POFile(wrapwidth=110)
    book.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text, (plural, place) in sorted(sentences().items(), key=lambda pair: (pair[1][1], pair[0])):
        english = _english(known[text]) if text in known else []
        book.append(entry(text, plural, place, english))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(CATALOGUE))
    return len(book.untranslated_entries())


def entry(text: str, plural: str, place: str, english: list[str]) -> polib.POEntry:
    """One entry; a single English serves as singular and plural alike."""
    words = english or [""]
    if plural:
        return polib.POEntry(
            msgid=text, msgid_plural=plural, msgstr_plural={0: words[0], 1: words[-1]}, occurrences=[(place, "")]
        )
    return polib.POEntry(msgid=text, msgstr=words[0], occurrences=[(place, "")])


def faults() -> list[str]:
    """What the catalogue lacks or gets wrong: missing strings, empty ones, lost places, Chinese left over."""
    book = {each.msgid: _english(each) for each in _book()}
    wanted = sentences()
    lacking = [
        f"no English: {text} ({place})" for text, (_, place) in wanted.items() if not all(book.get(text) or [""])
    ]
    gone = [f"no longer in the sources: {text}" for text in book if text not in wanted]
    pairs = [(text, english) for text, found in book.items() for english in found if english]
    places = [
        f"places differ: {text} → {english}"
        for text, english in pairs
        if set(map(str, PLACE.findall(text))) != set(map(str, PLACE.findall(english)))
    ]
    chinese = [f"still Chinese: {text} → {english}" for text, english in pairs if CHINESE.search(english)]
    return lacking + gone + places + chinese


def _book() -> polib.POFile:
    return polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()


def _english(each: polib.POEntry) -> list[str]:
    return [text for _, text in sorted(each.msgstr_plural.items())] if each.msgid_plural else [each.msgstr]


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
