"""The content tree: what a document says, independent of PDF, DOCX and XLSX.

Lengths are millimetres, type sizes points. Every block is frozen; a renderer reads, never writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import gettext_noop


class Align(StrEnum):
    """Horizontal alignment of a paragraph or a column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Face(StrEnum):
    """The four faces of official documents (GB/T 9704-2012 5.2.2); adapters map them to fonts."""

    FANG = "fang"  # 仿宋, text
    KAI = "kai"  # 楷体, second headings, captions
    HEI = "hei"  # 黑体, first headings, 附件 marks, table headers
    SONG = "song"  # 小标宋, agency marks and titles


class Kind(StrEnum):
    """What a column holds: codes and telephone numbers stay text in a spreadsheet."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"


class Paper(StrEnum):
    """ISO paper sizes that offices print on."""

    A4 = "a4"
    A3 = "a3"


class Template(StrEnum):
    """The page a document stands on."""

    OFFICIAL = "official"  # GB/T 9704-2012: 22 lines of 28 characters
    FORM = "form"  # one sheet that has to be signed: the same type area, smaller type
    POSTER = "poster"  # read from two metres
    TABLE = "table"  # wide tables with repeated headers


class Disclosure(StrEnum):
    """Whether the public may have the document (信息公开形式)."""

    PUBLIC = "public"
    ON_REQUEST = "on_request"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _DISCLOSURE_LABELS[self]


_DISCLOSURE_LABELS = {
    Disclosure.PUBLIC: gettext_noop("主动公开"),
    Disclosure.ON_REQUEST: gettext_noop("依申请公开"),
    Disclosure.CLOSED: gettext_noop("不予公开"),
}


@dataclass(frozen=True, slots=True)
class OfficialHead:
    """版头: the red agency mark and the document number; `signer` (签发人) only on letters to a superior."""

    mark: str
    number: str
    signer: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentMark:
    """“附件3” at the top left of an attachment, in 黑体."""

    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A line in the head margin: number on the left, copy mark (第一联 …) on the right."""

    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """The title; a line feed forces a break, otherwise lines are balanced at sensible places."""

    text: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关, flush left; the colon is added when missing."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、) to 4 (（1）).

    `label` None takes the next number of its level, "" has none, other text is shown as it is.
    """

    level: int
    text: str
    label: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("a heading has a level from 1 to 4")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `lead` opens it in 楷体 (a heading run in); `indent` is the two-character first line."""

    text: str
    lead: str = ""
    indent: bool = True
    align: Align = Align.LEFT
    face: Face = Face.FANG
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """A role and the people in it, two-character names spread to three (附件1)."""

    role: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One labelled value; `wide` takes the whole row."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class KeyValues:
    """A ruled grid of labelled values, `columns` pairs a row; `head` is a cell down the left side."""

    pairs: tuple[KeyValue, ...]
    columns: int = 2
    head: str = ""
    label_width: float = 28


Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` in mm is a share of the page's width; equal neighbouring `group`s share a header above."""

    header: str
    width: float
    align: Align = Align.LEFT
    kind: Kind = Kind.TEXT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and raw cells; printed as text by `cell_text`, written typed into spreadsheets.

    `total` is a closing row; `empty` is the sentence shown when there are no rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    empty: str = "暂无数据"
    size: float = 10.5

    def __post_init__(self) -> None:
        width = len(self.columns)
        if any(len(row) != width for row in (*self.rows, *((self.total,) if self.total else ()))):
            raise ValueError("every row of a table has one cell for each column")

    @property
    def header(self) -> tuple[str, ...]:
        """The header cells, left to right."""
        return tuple(column.header for column in self.columns)

    @property
    def grouped(self) -> bool:
        """True when there is a second header row above."""
        return any(column.group for column in self.columns)


def cell_text(value: Cell) -> str:
    """How a cell is printed: dates as 2026-11-24, None as nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Signer:
    """A place to sign: `lines` are labels with their values; `image` a PNG of the drawn signature on the first."""

    lines: tuple[tuple[str, str], ...]
    date: str
    image: bytes | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class QR:
    """A QR code of `payload`, `size` mm wide, with the words that say what it is for."""

    payload: str
    caption: str = ""
    size: float = 24


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signing places side by side at the foot of the sheet, with the verification code on the left.

    `follows`: they stand under what is signed instead of at the foot: a page holds several of them.
    """

    signers: tuple[Signer, ...]
    qr: QR | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class SignOff:
    """署名 and 成文日期 of an official letter; `sealed` leaves four characters for the seal, else two."""

    agency: str
    date: str
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明 under the text: the names, without closing punctuation."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """附注 in brackets below the date, such as （信息公开形式：主动公开）."""

    text: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 on the last lines of the last page."""

    issuer: str
    date: str
    copies_to: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `content` the bytes of a JPEG or PNG, None when there is no file any more: `missing` says why then.

    `alt` is what a reader hears who cannot see it, `caption` stands below, line by line. Neither side is longer than
    `width` and `height` mm; the sides keep their proportion.
    """

    content: bytes | None
    alt: str
    caption: tuple[str, ...] = ()
    width: float = 120
    height: float = 90
    missing: str = "（图片缺失）"

    def __post_init__(self) -> None:
        if self.content is not None and self.suffix is None:
            raise ValueError("a picture is a JPEG or a PNG")

    @property
    def suffix(self) -> str | None:
        """jpg or png, by the first bytes; None for anything else."""
        content = self.content or b""
        if content.startswith(b"\xff\xd8\xff"):
            return "jpg"
        return "png" if content.startswith(b"\x89PNG\r\n\x1a\n") else None


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures side by side in rows of `columns`, each with its caption; a row is never broken over two pages."""

    items: tuple[Image, ...]
    columns: int = 3
    size: float = 7.5

    def __post_init__(self) -> None:
        if self.columns < 1:
            raise ValueError("pictures stand in at least one column")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


Block = (
    OfficialHead | AttachmentMark | Strip | Title | Addressee | Heading | Para | Names | KeyValues | Table
    | Signatures | QR | Image | Pictures | SignOff | AttachmentNote | Annotation | Imprint | PageBreak
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A document: `kind` is a stable code, `title` also the metadata's, `size` the text's type size in points.

    `foot` stands at the right of a form's foot.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    disclosure: Disclosure = Disclosure.PUBLIC
    template: Template = Template.OFFICIAL
    paper: Paper = Paper.A4
    landscape: bool = False
    size: float = 16
    author: str = ""
    foot: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, for a spreadsheet of the same content."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
