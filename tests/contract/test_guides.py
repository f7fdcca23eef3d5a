"""The guides name only commands that the command line has."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from anwang.config.cli import cli

ROOT = Path(__file__).parents[2]
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands(guide: Path) -> list[list[str]]:
    """The words after `anwang` of every command in a guide, up to the first argument or option."""
    found = re.findall(
        r"(?:`|^|bin/)anwang ((?:[a-z][a-z-]*(?: |$|`))+)", guide.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [f.replace("`", " ").split() for f in found]


def unknown(words: list[str]) -> str:
    """The first word that its group does not have, or ''."""
    command: click.Command = cli
    context = click.Context(cli)
    for word in words:
        if not isinstance(command, click.Group):
            return ""
        found = command.get_command(context, word)
        if found is None:
            return word
        command = found
    return ""


@pytest.mark.parametrize("guide", [g for g in GUIDES if commands(g)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_of_a_guide_exists(guide):
    assert not [" ".join(words) for words in commands(guide) if unknown(words)]
