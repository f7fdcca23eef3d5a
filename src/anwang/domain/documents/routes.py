"""督导路线单: a day's stops in their order, what each is for, and a code that opens its record page (三.3, 四.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anwang.domain.documents.tree import (
    QR,
    Align,
    Block,
    Disclosure,
    Document,
    Face,
    Heading,
    KeyValue,
    KeyValues,
    PageBreak,
    Para,
    Signatures,
    Signer,
    Strip,
    Template,
    Title,
)

TITLE = "企业安全生产督导路线单"
#: So many stops stand on a page with room to sign; so many duties on a line.
A_PAGE, A_LINE = 3, 3


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop. `phone` is masked; `open_url` leads to its record page with the right duties ticked."""

    enterprise: str
    address: str
    principal: str
    phone: str
    when: str
    duties: tuple[str, ...]
    open_url: str
    companions: tuple[str, ...] = ()


def route_sheet(*, supervisor: str, unit: str, day: str, stops: Sequence[RouteStop], calls: Sequence[str]) -> Document:
    """One sheet for one person and day; `calls` are enterprises to telephone on the same day."""
    blocks: list[Block] = [
        Strip(f"{supervisor}　{unit}".strip(), "到企业督导和服务，不干扰正常生产经营"),
        Title(TITLE),
        Para(day, indent=False, align=Align.CENTER, face=Face.KAI),
    ]
    for number, stop in enumerate(stops, 1):
        blocks += [PageBreak()] if number > 1 and number % A_PAGE == 1 else []
        blocks += _stop(number, stop)
    if not stops:
        blocks.append(Para("当日没有到企业的安排。"))
    if calls:
        blocks += [Heading(2, "当日电话联系", ""), Para("、".join(calls))]
    return Document(
        kind="route_sheet",
        title=f"{TITLE}　{day}",
        blocks=tuple(blocks),
        disclosure=Disclosure.CLOSED,
        template=Template.FORM,
        size=11,
        author=unit,
        foot="扫码登记，纸质登记效力相同",
    )


def _stop(number: int, stop: RouteStop) -> list[Block]:
    pairs = [
        KeyValue("企　业", stop.enterprise, wide=True),
        KeyValue("地　址", stop.address, wide=True),
        KeyValue("负责人", f"{stop.principal}　{stop.phone}".strip()),
        KeyValue("时　段", stop.when),
        KeyValue("事　项", _ticks(stop.duties or ("督导和服务",)), wide=True),
    ]
    if stop.companions:
        pairs.append(KeyValue("同　行", "、".join(stop.companions), wide=True))
    return [
        KeyValues(tuple(pairs), head=f"第{number}站", label_width=18),
        Signatures(
            (Signer((("企业参加人", ""),), "　　月　　日　　时"),), QR(stop.open_url, "扫码登记", 20), follows=True
        ),
    ]


def _ticks(duties: Sequence[str]) -> str:
    """Boxes to tick, a few on a line."""
    boxes = [f"□{duty}" for duty in duties]
    return "\n".join("　".join(boxes[i : i + A_LINE]) for i in range(0, len(boxes), A_LINE))
