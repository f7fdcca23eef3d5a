"""What the repository promises: commands that exist, reasons that are written, no trace of a machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = ROOT / "pyproject.toml"
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))

# Character classes keep this file from finding itself.
FORBIDDEN = re.compile(
    r"/wor[k]/(main|shared|\.)|/roo[t]/|/tm[p]/|/far[m]/|/\.librar[y]|developer sessio[n]|before-sto[p]"
    r"|pyp[i]\.org|pythonhoste[d]|npmj[s]|deb\.debia[n]|clau[d]e|anthropi[c]",
    re.IGNORECASE,
)


def repository_files() -> list[Path]:
    """The files that a commit would hold."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout to know which files belong to the repository")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [p for n in listed.split("\0") if n and (p := ROOT / n).is_file() and not p.is_symlink()]


def requirement(line: str) -> str:
    """The distribution's name of a requirement, normalised."""
    return re.split(r"[\[<>=~! ;#]", line.strip())[0].lower().replace("_", "-")


def requirements(file: str) -> set[str]:
    """The names asked for in a requirements file."""
    lines = (ROOT / "requirements" / file).read_text().splitlines()
    return {requirement(line) for line in lines if re.match(r"[A-Za-z]", line)}


def test_no_file_names_a_machine_a_registry_or_a_session():
    found = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in FORBIDDEN.finditer(text)]
    assert not found


def test_every_dependency_says_why_it_is_there():
    block = re.search(r"^dependencies = \[\n(.*?)^\]", PYPROJECT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert block
    assert not [line for line in block[1].splitlines() if not re.search(r"\",\s+# \S", line)]


@pytest.mark.parametrize(("asked", "locked"), [("base.in", "base.txt"), ("dev.in", "dev.txt"), ("node.in", "node.txt")])
def test_what_is_asked_for_is_locked_with_hashes(asked, locked):
    assert requirements(asked) <= requirements(locked)
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / locked).read_text().strip())
    assert not [e for e in entries if not re.search(r"==\S+ \\\n +--hash=sha256:", e)]


def test_what_the_package_depends_on_is_what_is_locked():
    declared = {requirement(d) for d in tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]}
    assert declared <= requirements("base.in")


def test_decisions_are_numbered_without_a_gap_and_say_what_follows():
    assert [p.name[:5] for p in ADRS] == [f"{n:04d}-" for n in range(1, len(ADRS) + 1)]
    parts = ["Context", "Decision", "Consequences"]
    for path in ADRS:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert [h for h in headings if h in parts] == parts, path.name


@pytest.mark.parametrize("guide", GUIDES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_command_in_a_guide_exists(guide):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\s*)make ([a-z-]+)", guide.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("guide", GUIDES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_between_guides_leads_somewhere(guide):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", guide.read_text(encoding="utf-8"))
    assert not [link for link in links if not (guide.parent / link).exists()]


def test_every_setting_that_a_guide_names_is_read_somewhere():
    read = {
        n for p in (ROOT / "src").rglob("*.py") for n in re.findall(r"ANWANG_[A-Z_]+", p.read_text(encoding="utf-8"))
    }
    named = {n for g in GUIDES for n in re.findall(r"\bANWANG_[A-Z_]+", g.read_text(encoding="utf-8"))}
    assert {n.removesuffix("_FILE") for n in named} <= read


def commands_of(guide: str) -> set[str]:
    """The make and anwang commands that a guide names, without arguments."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    return set(re.findall(r"(?:`|^)((?:make|anwang)(?: [a-z][a-z-]*\b(?![./]))+)", text, re.MULTILINE))


def test_the_readme_speaks_both_languages_with_the_same_commands():
    assert {"make demo", "make test"} <= commands_of("README.md")
    assert commands_of("README.md") == commands_of("README.zh-CN.md")


def test_the_licence_is_apache_2_in_full():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
