"""`anwang review-pack`: the papers of looking back, on the server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anwang.features.enterprises import queries as enterprises
from anwang.features.timeline import actions
from anwang.web.console import Day, clock, emit, json_option, operator, progress


@click.command("review-pack")
@click.option("--enterprise", required=True, help="企业编号或统一社会信用代码")
@click.option("--on", "on", type=Day(), required=True, help="事故日期，如 2026-11-24")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="保存为 .pdf 或 .docx")
@json_option
def review_pack(enterprise: str, on: date, out: Path, as_json: bool) -> None:
    """事故倒查材料包：当日责任人、一年职责、记录、文书、交接，附审计链证明；审计链有断点以 1 退出。"""
    by = operator()
    known = enterprises.named(by=by, codes=[enterprise.upper()], names=[enterprise])
    key = known[0].id if known else int(enterprise) if enterprise.isascii() and enterprise.isdigit() else 0
    with progress() as report:
        made = actions.make_pack(
            by=by, now=clock(), enterprise_id=key, on=on, form=out.suffix.lstrip(".") or "pdf", report=report
        )
    out.write_bytes(made.data)
    row = made.row
    data = {
        "number": row.document.number, "on": on, "file": str(out), "sha256": row.sha256, "events": row.events,
        "whole": row.whole,
    }  # fmt: skip
    words = (
        f"{row.document.number} 已保存到 {out}，相关登记 {row.events} 条，审计链{'完整' if row.whole else '有断点'}。"
    )
    emit(data, as_json=as_json, text=words)
    if not row.whole:
        raise click.exceptions.Exit(1)
