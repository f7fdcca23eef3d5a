"""`anwang demo`: a city at work to look at, made by the actions that real data goes through."""

from __future__ import annotations

from dataclasses import replace

import click
from django.conf import settings
from django.urls import reverse

from anwang.domain.base import SYSTEM
from anwang.features.demo.actions import SIZES, Made, make_demo
from anwang.web.console import clock, emit, json_option, progress

#: The same on every machine: whose account it runs in is nobody's business in a demonstration.
MAKER = replace(SYSTEM, name="示例数据")


@click.command()
@click.option(
    "--size", type=click.Choice(list(SIZES)), help="规模：small 一个镇、county 一个县区、city 全市；默认 county"
)
@click.option("--seed", type=click.IntRange(0, 2**31), help="随机种子，默认 1；同一种子得到同样的数据")
@json_option
def demo(size: str | None, seed: int | None, as_json: bool) -> None:
    """生成示例：2023 年真实网格，虚构的企业和人员，一整年的履职记录。已有时只补新到期的职责。"""
    with progress() as report:
        made = make_demo(by=MAKER, now=clock(), size=size or "", seed=seed, report=report)
    emit(_data(made), as_json=as_json, text=_text(made))


def _data(made: Made) -> dict[str, object]:
    run = made.run
    return {
        "size": run.size, "seed": run.seed, "start": run.start, "again": made.again, "opened": made.opened,
        "stages": run.done,
    }  # fmt: skip


def _text(made: Made) -> str:
    run, label = made.run, SIZES[made.run.size].label
    first = (
        f"示例（{label}）已经在这里，新到期职责 {made.opened} 项。"
        if made.again
        else f"示例（{label}）已生成：{run.done['roster']['created']} 家企业、{run.done['people']['created']} 个任职，"
        f"履职记录自 {run.start} 起。"
    )
    return "\n".join(
        (
            first,
            "企业、人员和电话均为虚构（电话 0539-0 开头，不能拨通）。",
            f"下一步：运行 anwang serve，用浏览器打开 {settings.PUBLIC_URL}{reverse('demo_roles')} ，点选角色进入。",
            "角色：市办公室、县区网格长、乡镇工作人员、村居负责人、企业主要负责人、三类管理员。",
        )
    )


COMMANDS = [demo]
