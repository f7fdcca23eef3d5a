"""督导记录表 to be filled in by hand: what is owed at one enterprise, and what each duty asks (三.3, 四.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anwang.domain.documents.tree import (
    QR,
    Block,
    Disclosure,
    Document,
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

TITLE = "企业安全生产包保督导记录表"
_DATE = "　　年　　月　　日"
_DAY = "　　月　　日　　时"
#: Room to write by hand, in lines.
_LINES = {"text": 2, "long_text": 3}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to write down: `kind` is text, long_text, yes_no, choice, date or count; `words` the choices."""

    label: str
    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty as the sheet shows it: 二、半月联系, until when, what it asks."""

    title: str
    until: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """One sheet for one enterprise. `open_url` goes into the code: it leads to the same record on the screen."""

    enterprise: str
    credit_code: str
    address: str
    principal: str
    grade: str
    supervisor: str
    unit: str
    period: str
    forms: tuple[str, ...]
    owed: tuple[Owed, ...]
    open_url: str


def record_sheets(sheets: Sequence[RecordSheet]) -> Document:
    """The sheets one after another, each from a new page."""
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += [PageBreak()] if blocks else []
        blocks += _sheet(sheet)
    return Document(
        kind="record_sheet",
        title=TITLE,
        blocks=tuple(blocks),
        disclosure=Disclosure.CLOSED,
        template=Template.FORM,
        size=11,
        author=sheets[0].unit if sheets else "",
        foot="书面或影像记录有其一即可",
    )


def _sheet(sheet: RecordSheet) -> list[Block]:
    return [
        Strip(sheet.period, "扫码登记，或拍照、填表回传，效力相同"),
        Title(TITLE),
        KeyValues(_head(sheet), head="企　业", label_width=24),
        KeyValues(_contact(sheet), head="经　过", label_width=24),
        *(_duty(owed) for owed in sheet.owed),
        *([] if sheet.owed else [Para("本期没有待办的职责；随时发生的联系请记在上面“情况”栏。")]),
        Signatures(
            tuple(Signer(((who, ""),), _DATE) for who in ("督导人签名", "企业参加人签名")),
            QR(sheet.open_url, "扫码打开本企业登记页", 24),
        ),
    ]


def _head(sheet: RecordSheet) -> tuple[KeyValue, ...]:
    return (
        KeyValue("名　　称", sheet.enterprise, wide=True),
        KeyValue("信用代码", sheet.credit_code),
        KeyValue("风险等级", sheet.grade),
        KeyValue("主要负责人", sheet.principal),
        KeyValue("包 保 人", f"{sheet.supervisor}（{sheet.unit}）" if sheet.unit else sheet.supervisor),
        KeyValue("地　　址", sheet.address, wide=True),
    )


def _contact(sheet: RecordSheet) -> tuple[KeyValue, ...]:
    return (
        KeyValue("时　　间", _DAY),
        KeyValue("企业参加人", ""),
        KeyValue("方　　式", "　".join(f"□{form}" for form in sheet.forms), wide=True),
        KeyValue("情　　况", "\n" * 4, wide=True),
    )


def _duty(owed: Owed) -> KeyValues:
    pairs = [KeyValue("督导事项", f"□ {owed.title}　　截止 {owed.until}", wide=True)]
    pairs += [KeyValue(ask.label, _blank(ask), wide=True) for ask in owed.asks]
    return KeyValues(tuple(pairs), label_width=46)


def _blank(ask: Ask) -> str:
    match ask.kind:
        case "yes_no":
            return "□是　　□否"
        case "choice":
            return "　　".join(f"□{word}" for word in ask.words)
        case "date":
            return "　　　　年　　月　　日"
        case "count":
            return "　　　　　　人"
    return "\n" * (_LINES.get(ask.kind, 1) - 1)
