"""Official letters: 通知, 通报, 函 (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anwang.domain.documents.tree import (
    Addressee,
    Annotation,
    AttachmentMark,
    AttachmentNote,
    Block,
    Disclosure,
    Document,
    Imprint,
    OfficialHead,
    PageBreak,
    Para,
    SignOff,
    Title,
)
from anwang.domain.documents.wording import chinese_date


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment bound into the letter: its title and content."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """A letter of an agency. Strings in `body` are paragraphs.

    `mark` is the red agency mark (临沂市应急管理局文件), `number` from `document_number`.
    `enclosures` come after the text; names only for those listed in `attachment_names`.
    """

    mark: str
    number: str
    title: str
    addressee: str
    body: Sequence[Block | str]
    agency: str
    issued_on: date
    printer: str
    printed_on: date | None = None
    copies_to: str = ""
    attachment_names: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    signer: str = ""
    sealed: bool = True
    disclosure: Disclosure = Disclosure.PUBLIC
    kind: str = "official_letter"


def official_letter(letter: OfficialLetter) -> Document:
    """版头, 主体 and 版记 in their order; every letter says whether it is public (N19)."""
    names = letter.attachment_names or tuple(enclosure.title for enclosure in letter.enclosures)
    blocks: list[Block] = [
        OfficialHead(letter.mark, letter.number, letter.signer),
        Title(letter.title),
        *([Addressee(letter.addressee)] if letter.addressee else []),
        *(Para(block) if isinstance(block, str) else block for block in letter.body),
        *([AttachmentNote(names)] if names else []),
        SignOff(letter.agency, chinese_date(letter.issued_on), letter.sealed),
        Annotation(f"信息公开形式：{letter.disclosure.label}"),
        *_enclosures(letter.enclosures),
        Imprint(letter.printer, chinese_date(letter.printed_on or letter.issued_on), letter.copies_to),
    ]
    return Document(
        kind=letter.kind,
        title=letter.title.replace("\n", ""),
        number=letter.number,
        blocks=tuple(blocks),
        disclosure=letter.disclosure,
        author=letter.agency,
    )


def _enclosures(enclosures: tuple[Enclosure, ...]) -> list[Block]:
    blocks: list[Block] = []
    for serial, enclosure in enumerate(enclosures, 1):
        mark = "附件" if len(enclosures) == 1 else f"附件{serial}"
        blocks += [PageBreak(), AttachmentMark(mark), Title(enclosure.title), *enclosure.blocks]
    return blocks
