"""`anwang coverage`: enterprises without a lead, officials without an enterprise (一)."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from anwang.features.assignments import queries
from anwang.web.console import emit, json_option, on_option, operator, today

from .assign import unit_option


@click.command()
@unit_option
@on_option
@json_option
def coverage(unit: int | None, on: date | None, as_json: bool) -> None:
    """双向覆盖：没有主包保的企业、没有企业的包保人员，逐网格到名字。"""
    day = on or today()
    facts = queries.coverage_facts(operator(), on=day, unit=unit)
    emit(facts, as_json=as_json, text=_words(facts))


def _words(facts: dict[str, Any]) -> str:
    lines = [
        f"企业 {facts['enterprises']}，没有主包保 {facts['without_lead']}；重点企业 {facts['key']}，"
        f"没有主包保 {facts['key_without_lead']}。",
        f"包保人员 {facts['officials']}，没有企业 {facts['officials_without']}。",
    ]
    lines += [
        f"  {row['name']}：企业 {row['enterprises']}（未落实 {row['without_lead']}），"
        f"人员 {row['officials']}（未落实 {row['officials_without']}）"
        for row in facts["units"]
        if row["without_lead"] or row["officials_without"]
    ]
    return "\n".join(lines)
