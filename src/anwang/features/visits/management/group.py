"""`anwang visits`: plan people's contacts, close what records have met."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from anwang.features.visits import actions, queries
from anwang.features.visits.queries import Summary
from anwang.web.console import Day, clock, emit, json_option, operator, progress, today


@click.group()
def visits() -> None:
    """督导安排：编排计划、归档已进行的督导。"""


@visits.command()
@click.option("--person", type=int, default=None, help="人员编号")
@click.option("--unit", type=int, default=None, help="12 位网格代码；默认全市")
@click.option("--until", type=Day(), default=None, help="编排到哪天，默认到年底")
@click.option("--adopt", is_flag=True, help="采用编排的计划（替换未告知企业的安排）")
@json_option
def plan(person: int | None, unit: int | None, until: date | None, adopt: bool, as_json: bool) -> None:
    """编排最少联系次数的督导计划；不加 --adopt 只计算，不改动。"""
    day = today()
    last = until or queries.usual_until(day)
    if last < day:
        raise click.BadParameter(f"{last} 已经过去，请写今天以后的日期。", param_hint="--until")
    people = [person] if person else queries.plans_of(unit or 371300000000, on=day)
    with progress() as report:
        summary, found = queries.summarise(people, today=day, until=last, report=report)
    adopted = len(actions.adopt_many(by=operator(), now=clock(), proposals=found)) if adopt else 0
    emit({**asdict(summary), "until": last, "adopted": adopted}, as_json=as_json, text=_words(summary, last, adopted))


def _words(found: Summary, until: date, adopted: int) -> str:
    said = (
        f"到 {until}：{found.persons} 人、{found.enterprises} 家企业，{found.records} 项职责，{found.contacts} 次联系"
        f"（下限 {found.lower_bound}），{found.days} 个工作日次，{found.seconds} 秒。"
    )
    said += f"\n{found.impossible} 项没有可安排的日子，原因见各人计划页。" if found.impossible else ""
    said += f"\n{found.older} 项逾期太久，没有编入，见逾期清单。" if found.older else ""
    return said + (f"\n已采用 {adopted} 人的计划。" if adopted else "")


@visits.command()
@json_option
def settle(as_json: bool) -> None:
    """把已有督导记录的安排归档为“已进行”；重复运行无妨。"""
    counts = actions.settle(by=operator(), now=clock(), on=today())
    emit(counts, as_json=as_json, text=f"归档 {counts['closed']} 次。")
