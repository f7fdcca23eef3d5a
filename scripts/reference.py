"""Write docs/reference from the code, or with --check name what has drifted: `reference.py [--check]`."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- 由 make docs 从代码生成，请勿手改 -->"


def cell(text: object) -> str:
    """Text that fits a cell of a Markdown table."""
    return " ".join(str(text or "").split()).replace("|", "\\|")


def rows(head: list[str], body: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def leaves(command: click.Command, path: str, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group with its full name, in order."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in sorted(command.list_commands(context)):
        found = command.get_command(context, name)
        if found and not found.hidden:
            yield from leaves(found, f"{path} {name}", context)


def parameters(command: click.Command) -> list[list[object]]:
    """One row per argument and option: how it is written, what it means, what it is when left out."""
    found: list[list[object]] = []
    for p in command.params:
        if isinstance(p, click.Option):
            default = p.default if isinstance(p.default, str | int | float) and not isinstance(p.default, bool) else ""
            found.append([f"`{', '.join([*p.opts, *p.secondary_opts])}`", p.help, default])
        else:
            found.append([f"`{p.human_readable_name.upper()}`", "必填" if p.required else "可省", ""])
    return found


def commands() -> str:
    """Every command of `anwang` with what it takes."""
    from anwang.config.cli import cli

    rule = "`--json` 打印一个 JSON 对象；错误在标准错误，形如“代码: 句子”；退出码 0 完成、1 被拒绝、2 用法错误。"
    parts = [f"# 命令\n\n{rule}"]
    for path, command in leaves(cli, "anwang", click.Context(cli)):
        part = f"## `{path}`\n\n{(command.help or '').strip()}"
        if listed := parameters(command):
            part += "\n\n" + rows(["参数", "含义", "缺省"], listed)
        parts.append(part)
    return "\n\n".join(parts)


def dependencies() -> str:
    """Every dependency and its reason, from the comments of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.findall(r'^    "([A-Za-z0-9_.-]+)[^"]*",\s+# (.+)$', text, re.MULTILINE)
    return "# 依赖\n\n" + rows(["软件包", "用途"], [[f"`{name}`", why] for name, why in found])


def layers() -> str:
    """The import contracts as they are enforced."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = ["# 分层\n\n上层可以引用下层，不可反过来；同一行用 `|` 隔开的互不引用。由 `make check` 检查。"]
    for contract in settings["tool"]["importlinter"]["contracts"]:
        levels = contract.get("layers") or [
            *contract["source_modules"],
            *(f"  不引用 {name}" for name in contract["forbidden_modules"]),
        ]
        parts.append(f"## {contract['name']}\n\n```text\n" + "\n".join(levels) + "\n```")
    return "\n\n".join(parts)


def personal_data() -> str:
    """The register of personal columns: encrypted fields with purpose and retention."""
    from django.apps import apps

    from anwang.adapters.crypto.fields import EncryptedTextField

    found = [
        [f"`{m._meta.db_table}.{f.column}`", f.purpose, f.retention]
        for m in apps.get_models()
        for f in m._meta.concrete_fields
        if isinstance(f, EncryptedTextField)
    ]
    return "# 个人信息登记\n\n下列各列在数据库中加密保存。\n\n" + rows(["列", "用途", "保存期限"], sorted(found))


def states() -> str:
    """A diagram of every state machine of the domain: each module's TRANSITIONS."""
    import anwang.domain as domain

    parts = ["# 状态\n\n由 `domain` 中各个 `TRANSITIONS` 生成；不在图上的变化一律被拒绝。"]
    for found in pkgutil.walk_packages(domain.__path__, "anwang.domain."):
        module = importlib.import_module(found.name)
        moves = getattr(module, "TRANSITIONS", None)
        if moves and not found.ispkg:
            arrows = [f"    {a.label} --> {b.label}" for a in moves for b in sorted(moves[a], key=list(moves).index)]
            title = found.name.removeprefix("anwang.domain.")
            parts.append(f"## `{title}`\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(arrows) + "\n```")
    return "\n\n".join(parts)


def ladder() -> str:
    """The ladder of each kind of problem, level by level with its days, of every policy."""
    from anwang.adapters.policy_files import load_policy

    parts = ["# 问题逐级上报\n\n由 `policies/*/ladder.yaml` 生成；状态之间的变化见 `states.md` 的 `ladder.states`。"]
    for folder in sorted(path.parent for path in (ROOT / "policies").glob("*/ladder.yaml")):
        policy = load_policy(folder)
        for rule in policy.ladder_versions:
            parts.append(f"## {rule.kind.label}（`{folder.name}`，{rule.clause}，{rule.valid_from} 起）")
            parts.append(_rungs(rule))
            parts.append(_limits(rule))
    return "\n\n".join(parts)


def _rungs(rule: Any) -> str:
    """Up with what is missing or by silence, down with the answer."""
    lines = ["```mermaid", "flowchart BT"]
    for clock in rule.clocks:
        text = f"{clock.level.label}网格长<br>{clock.accept_days} 天内受理，{clock.solve_days} 天内解决"
        lines.append(f'    {clock.level.value}["{text}"]')
    for below, above in pairwise(rule.clocks):
        lines.append(f'    {below.level.value} -->|"缺什么，或超过时限自动上报"| {above.level.value}')
        lines.append(f'    {above.level.value} -.->|"答复后退回"| {below.level.value}')
    return "\n".join([*lines, "```"])


def _limits(rule: Any) -> str:
    from anwang.domain.base import Level

    listed = "、".join(level.label for level in Level if level in rule.listed_by) or "不挂牌"
    return rows(
        ["另一人核实", "每级延期", "限期接受风险", "挂牌督办", "上报时选择缺什么"],
        [[
            "是" if rule.serious else "否", f"{rule.extensions} 次，每次最长 {rule.extension_days} 天",
            f"最长 {rule.risk_days} 天" if rule.risk_days else "不得接受", listed,
            "、".join(reason.label for reason in rule.reasons if reason.code != "silence"),
        ]],
    )  # fmt: skip


PAGES = {
    "commands": commands,
    "dependencies": dependencies,
    "ladder": ladder,
    "layers": layers,
    "personal-data": personal_data,
    "states": states,
}


def main(check: bool) -> int:
    """Exit code 1 when checking and a page differs from what the code says now."""
    drifted = []
    for name, page in PAGES.items():
        target, text = FOLDER / f"{name}.md", f"{NOTE}\n\n{page()}\n"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            drifted.append(target)
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
    verdict = "与代码不符，请执行 make docs / drifted: run make docs" if check else "已生成 / written"
    for path in drifted:
        print(f"{path.relative_to(ROOT)}: {verdict}")
    return 1 if check and drifted else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANWANG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "anwang.config.settings"
        import django

        django.setup()
        sys.exit(main("--check" in sys.argv[1:]))
