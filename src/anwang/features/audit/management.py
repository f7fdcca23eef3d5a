"""`anwang audit prove`: that one event is still the one that was printed. `anwang sweep`: files that nothing names."""

from __future__ import annotations

import click

from anwang.features.audit import actions, queries
from anwang.web.console import clock, emit, json_option, operator


@click.group()
def audit() -> None:
    """审计：证明某一条登记没有被改动。"""


@audit.command()
@click.option("--chain", type=int, required=True, help="链：6 位县区代码，市级为 0")
@click.option("--seq", type=int, required=True, help="序号")
@click.option("--digest", default="", help="打印在材料上的摘要值；不填只证明链条")
@json_option
def prove(chain: int, seq: int, digest: str, as_json: bool) -> None:
    """证明一条登记：摘要值与打印的一致，从它到链头没有断点；否则以 1 退出。"""
    found = queries.prove(chain, seq)
    same = not digest or (found.event is not None and found.event.digest == digest.strip().lower())
    ok = found.event is not None and same and not found.faults
    event = found.event
    data = {
        "chain": chain, "seq": seq, "ok": ok, "same": same, "faults": found.faults, "links": found.links,
        "digest": event.digest if event else None, "head": found.head, "action": event.action if event else None,
        "at": event.at if event else None, "target": event.target if event else None,
    }  # fmt: skip
    lines = [f"链 {chain:06d} 第 {seq} 条：{'证明通过' if ok else '证明不通过'}，到链头 {found.links} 条。"]
    if event is None:
        lines.append("没有这一条。")
    elif not same:
        lines.append("摘要值与所给的不同。")
    emit(data, as_json=as_json, text="\n".join([*lines, *found.faults]))
    if not ok:
        raise click.exceptions.Exit(1)


@click.command()
@json_option
def sweep(as_json: bool) -> None:
    """清理放了一天以上、没有任何记录引用的文件（断电或中断的上传留下的）；定时任务每天也会清理。"""
    count = actions.sweep_files(by=operator(), now=clock())
    emit({"deleted": count}, as_json=as_json, text=f"清理 {count} 个文件")


COMMANDS = [audit, sweep]
