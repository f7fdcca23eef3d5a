"""Templates as they are read from disk: marks that stand in every row are written out where they stand.

`<c-icon>`, `<c-light>` and `<c-risk>` are small and many, and a component costs more than all that they draw. Where all
their attributes can be put into their own template, its text takes their place; every other use stays a component.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django_cotton.cotton_loader import Loader as CottonLoader

COMPONENTS = Path(__file__).parent / "templates" / "cotton"
MARKS = ("icon", "light", "risk")
#: What stands between the quotes: text that needs no escaping, variables and tags.
_VALUE = r'(?:[^"<>&{]|\{%[^"]*?%\}|\{\{[^"]*?\}\})*'
_USE = re.compile(rf'<c-({"|".join(MARKS)})((?:\s+:?\w+="{_VALUE}")*)\s*/>')
_ATTRIBUTE = re.compile(rf'(:?)(\w+)="({_VALUE})"')
_OWN = re.compile(r"<c-vars(.*?)/>", re.DOTALL)
_VARIABLE = re.compile(r"\{\{ (\w+) \}\}|(?<=[ ])(\w+)(?=[^{]*?%\})")
_ALONE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


class Loader(CottonLoader):
    """The loader of components, for templates whose marks are written out."""

    def _get_template_string(self, template_name: str) -> str:
        source = super()._get_template_string(template_name)
        return source if Path(template_name).parent == COMPONENTS else written_out(source)


def written_out(source: str) -> str:
    """The template with its marks in place of the components that would draw them."""
    return _USE.sub(_mark, source)


def _mark(use: re.Match[str]) -> str:
    body, attributes = _body(use[1])
    given = {name: (f"{{{{ {value} }}}}" if dynamic else value) for dynamic, name, value in _ATTRIBUTE.findall(use[2])}
    if not given.keys() <= attributes.keys():
        return use[0]
    try:
        return _VARIABLE.sub(_filled({**attributes, "slot": "", **given}), body)
    except ValueError:
        return use[0]


@cache
def _body(name: str) -> tuple[str, Mapping[str, str]]:
    """The template of a mark without what declares its attributes, and those with what they are when not given."""
    text = (COMPONENTS / f"{name}.html").read_text(encoding="utf-8")
    declared = _OWN.search(text)
    assert declared is not None
    own = {attribute: value.strip("'") for _, attribute, value in _ATTRIBUTE.findall(declared[1])}
    return _OWN.sub("", text).rstrip("\n"), own


def _filled(values: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    """Puts a value in place of its variable: as text, or inside a tag as an expression."""

    def fill(found: re.Match[str]) -> str:
        text, word = found.groups()
        if text:
            return values[text] if text in values else found[0]
        return _expression(values[word]) if word in values else found[0]

    return fill


def _expression(value: str) -> str:
    if "{" not in value:
        return f'"{value}"'
    alone = _ALONE.fullmatch(value)
    if alone is None:
        raise ValueError(value)
    return alone[1]
