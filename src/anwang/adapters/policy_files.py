"""Policy folders on disk: YAML into marked nodes, safely, and a version that names the content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import yaml

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.policy import Fault, Policy, PolicyError, build_policy
from anwang.domain.policy.compare import Change, changes
from anwang.domain.policy.nodes import Items, Mark, Node, Scalar, Table, canonical

MAX_BYTES = 512 * 1024
"""Largest file; the largest of the notice has a tenth of it."""

MAX_DEPTH = 20
"""Deepest nesting. A recursive parser would crash the process at some thousands; this one reads events."""

MAX_FILES = 40

CASES = "cases"
"""Examples do not change what the rules say, so they are left out of the version."""

MAY_STAND_ELSEWHERE = frozenset({"policy.missing", "policy.unknown_name"})

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_policy(folder: Path) -> Policy:
    """The policy of a folder of *.yaml files. `policy.version` names its content whatever its comments and layout.

    Raises PolicyError with every fault: unreadable files and YAML too. Files are read in the order of their names.
    """
    texts, faults = _read_folder(folder)
    return _built(texts, faults)


def policy_from_texts(texts: Mapping[str, str]) -> Policy:
    """A policy from file names and texts, as a database keeps them; like `load_policy` otherwise."""
    return _built(texts, [])


def read_policy_texts(folder: Path) -> dict[str, str]:
    """File names and texts of a folder, to be kept with the version. Raises PolicyError when one cannot be read."""
    texts, faults = _read_folder(folder)
    if faults:
        raise PolicyError(faults)
    return texts


def parse_policy_text(text: str, file: str) -> tuple[Table | None, list[Fault]]:
    """One file's text as a table of marked nodes, or the faults that prevent it."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.faults:
                return None, builder.faults
    except yaml.YAMLError as error:
        return None, [_yaml_fault(file, error)]
    if not isinstance(builder.root, Table):
        text = gettext_noop("文件应为键值表，且只有一个文档")
        return None, [_fault(Mark(file, 1), "policy.table", text)]
    return builder.root, []


def policy_changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """The values in which two policies differ, examples left out, also where one could not be put in force.

    Raises PolicyError when a file cannot be read at all.
    """
    return changes(_parsed(old), _parsed(new), leaving_out=frozenset({CASES}))


def _parsed(texts: Mapping[str, str]) -> list[Table]:
    found = [parse_policy_text(text, file) for file, text in sorted(texts.items())]
    if faults := [fault for _, each in found for fault in each]:
        raise PolicyError(faults)
    return [table for table, _ in found if table is not None]


def _built(texts: Mapping[str, str], faults: list[Fault]) -> Policy:
    tables = []
    for file, text in sorted(texts.items()):
        table, found = parse_policy_text(text, file)
        faults = faults + found
        if table is not None:
            tables.append(table)
    if not tables or faults:
        _refuse_all(tables, faults)
    return replace(build_policy(tables), version=_version(tables))


def _refuse_all(tables: list[Table], faults: list[Fault]) -> NoReturn:
    """Say what else is wrong in the readable files; what is only missing may stand in an unreadable one."""
    try:
        build_policy(tables)
    except PolicyError as error:
        faults = faults + [fault for fault in error.faults if fault.expected.code not in MAY_STAND_ELSEWHERE]
    raise PolicyError(faults)


def _read_folder(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    paths = sorted(folder.glob("*.yaml"))
    if not 0 < len(paths) <= MAX_FILES:
        text = gettext_noop("方案文件夹应有 1 至 %(most)s 个 .yaml 文件")
        return {}, [_fault(Mark(folder.name, 1), "policy.folder", text, str(len(paths)), most=MAX_FILES)]
    texts, faults = {}, []
    for path in paths:
        content, fault = _read_file(path)
        texts.update({} if content is None else {path.name: content})
        faults += [fault] if fault else []
    return texts, faults


def _read_file(path: Path) -> tuple[str | None, Fault | None]:
    size = path.stat().st_size
    if size > MAX_BYTES:
        text = gettext_noop("文件应不超过 %(most)s 字节")
        return None, _fault(Mark(path.name, 1), "policy.size", text, str(size), most=MAX_BYTES)
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, _fault(Mark(path.name, line), "policy.encoding", gettext_noop("文件应为 UTF-8 编码"))


def _version(tables: Iterable[Table]) -> str:
    """Sixteen hexadecimal digits of the content of all sections, in the order of their keys."""
    pairs = sorted((key.text, canonical(node)) for table in tables for key, node in table.pairs if key.text != CASES)
    return sha256(repr(pairs).encode()).hexdigest()[:16]


def _fault(mark: Mark, code: str, text: str, found: str = "", most: int | None = None) -> Fault:
    return Fault(mark, "", Reason(code, text, {} if most is None else {"most": most}), found)


def _yaml_fault(file: str, error: yaml.YAMLError) -> Fault:
    mark, problem = Mark(file, 1), str(error).splitlines()[0]
    if isinstance(error, yaml.MarkedYAMLError):
        problem = error.problem or problem
        if error.problem_mark is not None:
            mark = Mark(file, error.problem_mark.line + 1, error.problem_mark.column + 1)
    return _fault(mark, "policy.yaml", gettext_noop("应为合法的 YAML（检查缩进、冒号后的空格和引号）"), problem)


@dataclass(slots=True)
class _Open:
    """A list or table whose end has not come yet; a table's `nodes` alternate keys and values."""

    mark: Mark
    is_table: bool
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Nodes from parser events, without recursion. Aliases are refused: a policy says each thing where it stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._roots = 0

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        start = event.start_mark
        mark = Mark(self.file, start.line + 1, start.column + 1) if start is not None else Mark(self.file, 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(mark, "policy.alias", gettext_noop("不得使用 YAML 的锚点和别名（& 和 *）"))
        elif isinstance(event, yaml.ScalarEvent):
            self._put(Scalar(event.value, mark, event.style in {"'", '"'}))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append(_Open(mark, isinstance(event, yaml.MappingStartEvent)))
            if len(self._open) > MAX_DEPTH:
                self._refuse(mark, "policy.depth", gettext_noop("嵌套应不超过 %(most)s 层"), most=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(self._open.pop())

    def _close(self, done: _Open) -> None:
        if not done.is_table:
            self._put(Items(tuple(done.nodes), done.mark))
            return
        keys, values = done.nodes[::2], done.nodes[1::2]
        pairs = tuple((key, value) for key, value in zip(keys, values, strict=True) if isinstance(key, Scalar))
        if len(pairs) < len(keys):
            self._refuse(done.mark, "policy.key", gettext_noop("键应为单个词"))
        self._put(Table(pairs, done.mark))

    def _put(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self._roots += 1
            self.root = node if self._roots == 1 else None

    def _refuse(self, mark: Mark, code: str, text: str, most: int | None = None) -> None:
        self.faults.append(_fault(mark, code, text, most=most))
