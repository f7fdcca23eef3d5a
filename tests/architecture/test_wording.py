"""A visit is 督导 and 服务, never 行政检查 (国办发〔2024〕54号): no text of ours calls it an inspection."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tests.architecture.source import PACKAGE, ROOT, name, python_files, templates, tree

FORBIDDEN = re.compile(r"检查执法|执法检查|行政检查|监督检查|例行检查|突击检查|检查组|检查人员|接受检查|被检查")
#: The same in English: what is said of visits there.
ENGLISH = re.compile(r"\binspect(s|ed|ing|ion|ions|or|ors)?\b|law enforcement (visit|check)", re.IGNORECASE)
#: Sentence → why it may say so.
ALLOWED = {
    "来访是督导和服务，不是行政检查": "tells the enterprise what a visit is not",
    "A visit is supervision and service, not an administrative inspection": "the same in English",
    "discipline inspection authority": "the name of 纪检监察机关, to whom an enterprise may turn",
}
POLICIES = sorted(p for folder in (ROOT / "policies", PACKAGE) for p in folder.rglob("*.yaml"))


def sentences(path: Path) -> Iterator[str]:
    """The texts of a file that a reader may meet: string literals without docstrings, else its lines."""
    if path.suffix != ".py":
        yield from path.read_text(encoding="utf-8").splitlines()
        return
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def faults(texts: Iterator[str] | list[str], pattern: re.Pattern[str] = FORBIDDEN) -> list[str]:
    """The texts that call a visit an inspection, without the sentences that may."""
    found = []
    for text in texts:
        rest = text
        for sentence in ALLOWED:
            rest = rest.replace(sentence, "")
        if pattern.search(rest):
            found.append(text)
    return found


@pytest.mark.parametrize("path", [*templates(), *python_files(PACKAGE), *POLICIES], ids=name)
def test_no_text_calls_a_visit_an_inspection(path):
    assert faults(sentences(path)) == []


def test_what_may_be_said_is_said_somewhere():
    texts = [text for path in templates() for text in sentences(path)]
    texts += [entry.msgstr for path in PACKAGE.rglob("*.po") for entry in polib.pofile(str(path))]
    assert [sentence for sentence in ALLOWED if not any(sentence in text for text in texts)] == []


def test_papers_and_scripts_do_not_either():
    others = [*PACKAGE.rglob("*.typ"), *(ROOT / "frontend" / "src").rglob("*.js")]
    assert others
    assert [name(path) for path in others if faults(sentences(path))] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.po")), ids=name)
def test_translations_do_not_either(path):
    entries = polib.pofile(str(path))
    assert faults([entry.msgstr for entry in entries], ENGLISH) == []
    assert faults([entry.msgid for entry in entries]) == []


@pytest.mark.parametrize(
    "text", ["本次执法检查", "请配合检查组工作", "行政检查通知", "来访是督导和服务，不是行政检查；请接受检查"]
)
def test_the_words_are_found(text):
    assert faults([text]) == [text]


def test_what_the_notice_says_of_the_enterprises_own_checks_and_of_assessment_is_no_such_word():
    assert faults(["督导企业主要负责人组织一次检查风险管控措施", "全市季度安全生产执法考核", "安全检查"]) == []
