"""The commitment letter in two copies (三.2, 附件3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

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
from anwang.domain.documents.wording import chinese_date, text_width

COPIES = ("第一联　承诺人留存", "第二联　企业留存")
FOOT = "一式两份，双方各执一份"
SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
_WIDTH, _HEIGHT = 442.2, 637.8  # type area in points
_PITCH = 1.6  # line pitch of forms in type sizes; the renderers use the same


@dataclass(frozen=True, slots=True)
class LetterText:
    """附件3 as the policy holds it: title, preamble and the eight promises with their numbers."""

    title: str
    preamble: str
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supervisor:
    """The official who promises. `signature` is a PNG of the drawn signature."""

    name: str
    unit: str
    post: str = ""
    phone: str = ""
    level: str = ""
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class LetterEnterprise:
    """The enterprise. `signature` is its principal's, PNG; the seal goes on paper."""

    name: str
    credit_code: str
    address: str = ""
    principal: str = ""
    phone: str = ""
    grade: str = ""
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class CommitmentLetter:
    """One letter. `verify_url` goes into the code; `signed_on` None leaves the date to be written by hand.

    `paper_note` tells of a signature kept on paper, e.g. “纸质签署，原件存镇应急办”.
    """

    number: str
    supervisor: Supervisor
    enterprise: LetterEnterprise
    verify_url: str
    signed_on: date | None = None
    paper_note: str = ""
    issuer: str = ""


def commitment_letter(text: LetterText, letter: CommitmentLetter) -> Document:
    """Both copies, one page each, each saying whose it is (一式两份)."""
    pairs = _pairs(letter)
    size = letter_size((text.preamble, *text.promises), pairs)
    blocks: list[Block] = []
    for copy in COPIES:
        blocks += [PageBreak()] if blocks else []
        blocks += _copy(text, letter, copy, pairs, size)
    return Document(
        kind="commitment_letter",
        title=text.title,
        number=letter.number,
        blocks=tuple(blocks),
        disclosure=Disclosure.ON_REQUEST,
        template=Template.FORM,
        size=size,
        author=letter.issuer,
        foot=FOOT,
    )


def _copy(
    text: LetterText, letter: CommitmentLetter, copy: str, pairs: tuple[KeyValues, ...], size: float
) -> list[Block]:
    return [
        Strip(f"编号：{letter.number}", copy),
        Title(text.title),
        Para(text.preamble, size=size),
        *(Para(promise, size=size) for promise in text.promises),
        *pairs,
        Signatures(_signers(letter), QR(letter.verify_url, "扫码核验真伪", 22)),
    ]


def _pairs(letter: CommitmentLetter) -> tuple[KeyValues, ...]:
    who, firm = letter.supervisor, letter.enterprise
    return (
        KeyValues(
            (
                KeyValue("姓　　名", who.name),
                KeyValue("职　　务", who.post),
                KeyValue("单　　位", who.unit),
                KeyValue("联系电话", who.phone),
            ),
            head="承诺人",
            label_width=24,
        ),
        KeyValues(
            (
                KeyValue("名　　称", firm.name, wide=True),
                KeyValue("信用代码", firm.credit_code),
                KeyValue("风险等级", firm.grade),
                KeyValue("主要负责人", firm.principal),
                KeyValue("联系电话", firm.phone),
                KeyValue("生产地址", firm.address, wide=True),
            ),
            head="企　业",
            label_width=24,
        ),
    )


def _signers(letter: CommitmentLetter) -> tuple[Signer, ...]:
    who, firm = letter.supervisor, letter.enterprise
    day = chinese_date(letter.signed_on)
    return (
        Signer((("承诺人：", ""), ("承诺人单位：", who.unit)), day, who.signature, letter.paper_note),
        Signer((("企业主要负责人：", ""), ("企业（盖章）：", "")), day, firm.signature),
    )


def letter_size(paragraphs: tuple[str, ...], pairs: tuple[KeyValues, ...]) -> float:
    """The largest of the form sizes at which one copy stays on one page of 156 × 225 mm."""
    return next((size for size in SIZES if _height(size, paragraphs, pairs) <= _HEIGHT), SIZES[-1])


def _height(size: float, paragraphs: tuple[str, ...], pairs: tuple[KeyValues, ...]) -> float:
    """Points that one copy needs: title, text, the ruled grids and the signing places."""
    per_line = int(_WIDTH / size)
    lines = sum(ceil((text_width(paragraph) + 2) / per_line) for paragraph in paragraphs)
    return 60 + lines * size * _PITCH + _grid_height(pairs) + 118


def _grid_height(pairs: tuple[KeyValues, ...]) -> float:
    rows = 0
    for grid in pairs:
        narrow = [pair for pair in grid.pairs if not pair.wide]
        rows += sum(ceil(text_width(pair.value) / 31) or 1 for pair in grid.pairs if pair.wide)
        for start in range(0, len(narrow), grid.columns):
            rows += max(ceil(text_width(pair.value) / 13) or 1 for pair in narrow[start : start + grid.columns])
    return rows * 19.0
