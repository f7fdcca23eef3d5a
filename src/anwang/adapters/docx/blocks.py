"""Every block of the tree as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from anwang.adapters.docx.oxml import BLUE, RED, SQUEEZE, Layout, Type, element, paragraph, run, tab
from anwang.adapters.docx.pages import text_width
from anwang.adapters.qr import qr_png
from anwang.domain.documents import tree as t
from anwang.domain.documents import wording as w

LINE = 29.0  # points, exact: 30 would put 21 lines on a page
CHARACTER = 15.75  # points that a character of 16 pt takes with SQUEEZE
_SINK = 9.0  # in exact line spacing text stands low: so much more than asked for is above the first line
Picture = Callable[..., Any]  # (content, width, height or None, alt="") in mm → drawing for a run


@dataclass
class Page:
    """Where blocks are set: the document's measures, how to embed a picture, and whether a page break is due."""

    document: t.Document
    picture: Picture
    serial: int = 0  # which document of the file
    broken: bool = field(default=False)

    @property
    def official(self) -> bool:
        return self.document.template is t.Template.OFFICIAL

    @property
    def width(self) -> float:
        return text_width(self.document)

    @property
    def line(self) -> float | None:
        """Exact line pitch: of the standard, of forms, or none for tables and posters."""
        if self.official:
            return LINE
        return self.document.size * 1.6 if self.document.template is t.Template.FORM else None

    def look(self, face: t.Face = t.Face.FANG, size: float | None = None) -> Type:
        size = size or self.document.size
        return Type(face, size, spacing=SQUEEZE if self.official and size == 16 else None)

    @property
    def character(self) -> float:
        return CHARACTER if self.official else self.document.size


def official_head(block: t.OfficialHead, page: Page) -> list[Any]:
    """The mark's top edge 35 mm below the type area's; the rule 4 mm below the number."""
    size = min(60.0, page.width * 0.98 / max(1, len(block.mark)))
    mark = paragraph(
        [run(block.mark, Type(t.Face.SONG, size, RED))],
        Layout("center", line=size * 1.1, before=35 * 72 / 25.4 - size * 0.03),
    )
    look = page.look()
    layout = Layout("center", LINE, before=2 * LINE - _SINK - 8, under=(RED, 12, 8))
    if not block.signer:
        return [mark, paragraph([run(block.number, look)], layout)]
    signer = [run("签发人：", look), run(f"{block.signer}　", page.look(t.Face.KAI))]
    return [
        mark,
        paragraph(
            [run(f"　{block.number}", look), tab(look), *signer], replace(layout, align="left", right_tab=page.width)
        ),
    ]


def attachment_mark(block: t.AttachmentMark, page: Page) -> list[Any]:
    size = 16 if page.official else 12
    return [paragraph([run(block.text, page.look(t.Face.HEI, size))], _broken(page, Layout(line=page.line)))]


_TITLES = {
    t.Template.OFFICIAL: (22.0, 35.0, LINE, LINE, 19),
    t.Template.FORM: (20.0, 28.0, 0.0, 10.0, 19),
    t.Template.TABLE: (18.0, 26.0, 2.0, 6.0, 40),
    t.Template.POSTER: (34.0, 52.0, 0.0, 0.0, 16),
}


def title(block: t.Title, page: Page) -> list[Any]:
    size, line, before, after, ems = _TITLES[page.document.template]
    after_head = page.official and any(isinstance(b, t.OfficialHead) for b in page.document.blocks)
    before = 2 * LINE - _SINK if after_head and block.text == page.document.title else before
    text = "\n".join(w.title_lines(w.clean(block.text), ems))
    poster = page.document.template is t.Template.POSTER
    look = Type(t.Face.SONG, size, "FFFFFF" if poster else "000000", bold=poster)
    layout = Layout("center", line, before, after, style="Title", keep_next=True, fill=BLUE if poster else None)
    made = [paragraph([run(text, look)], _broken(page, layout))]
    if block.subtitle:
        made.append(paragraph([run(block.subtitle, page.look(t.Face.HEI, 26))], Layout("center", None, 14, 14)))
    return made


def strip(block: t.Strip, page: Page) -> list[Any]:
    look = page.look(size=10.5)
    runs = [run(block.left, look), tab(look), run(block.right, look)]
    form = page.document.template is t.Template.FORM
    return [paragraph(runs, _broken(page, Layout(line=None, after=14 if form else 3, right_tab=page.width)))]


def addressee(block: t.Addressee, page: Page) -> list[Any]:
    return [paragraph([run(block.text.rstrip("：") + "：", page.look())], Layout("both", page.line))]


def heading(block: t.Heading, page: Page) -> list[Any]:
    face = (t.Face.HEI, t.Face.KAI, t.Face.FANG, t.Face.FANG)[block.level - 1]
    layout = Layout("both", page.line, first=2 * page.character, style=f"Heading{block.level}", keep_next=True)
    return [paragraph([run((block.label or "") + block.text, page.look(face))], _broken(page, layout))]


def para(block: t.Para, page: Page) -> list[Any]:
    look = page.look(block.face, block.size)
    poster = page.document.template is t.Template.POSTER
    first = 2 * page.character if block.indent and block.align is t.Align.LEFT and not poster else 0
    align = "both" if block.align is t.Align.LEFT else block.align.value
    runs = [run(block.lead, page.look(t.Face.KAI, block.size))] if block.lead else []
    layout = Layout(align, page.line, first=first, before=6 if poster or page.line is None else 0)
    return [paragraph([*runs, run(block.text, look)], _broken(page, layout))]


def names(block: t.Names, page: Page) -> list[Any]:
    """Role, then names in columns; wrapped lines stand under the first name."""
    role = f"{block.role}："
    left = (2 + w.text_width(role)) * page.character
    room = page.width / page.character - 2 - w.text_width(role)
    people = "\n".join(_name_lines([w.spread_name(w.clean(name)) for name in block.people], room))
    layout = Layout("left", page.line, left=left, hanging=w.text_width(role) * page.character)
    return [paragraph([run(role + people, page.look())], _broken(page, layout))]


def _name_lines(people: list[str], room: float) -> list[str]:
    """Names in columns of four characters, longer ones over several columns; none is broken at the end of a line."""
    lines: list[str] = [""]
    for name in people:
        if lines[-1] and w.text_width(lines[-1]) + w.text_width(name) > room:
            lines.append("")
        blanks = -(w.text_width(name) + 1) % 4 + 1
        lines[-1] += name + "　" * int(blanks)
    return [line.rstrip("　") for line in lines]


def sign_off(block: t.SignOff, page: Page) -> list[Any]:
    """Sealed: date four characters from the right, agency centred over it. Unsealed: two, the date two further in."""
    agency, date = w.text_width(block.agency), w.text_width(block.date)
    if block.sealed:
        right_date = max(4.0, (agency - date) / 2)
        right_agency = max(0.0, right_date + (date - agency) / 2)
    else:
        right_agency = 2 + max(0.0, date + 2 - agency)
        right_date = right_agency + agency - 2 - date
    first = Layout(
        "right", page.line, before=2 * LINE if block.sealed else LINE, right=right_agency * CHARACTER, keep_next=True
    )
    second = Layout("right", page.line, right=right_date * CHARACTER)
    return [paragraph([run(block.agency, page.look())], first), paragraph([run(block.date, page.look())], second)]


def attachment_note(block: t.AttachmentNote, page: Page) -> list[Any]:
    several = len(block.names) > 1
    made = []
    for number, name in enumerate(block.names, 1):
        label = ("附件：" if number == 1 else "") + (f"{number}." if several else "")
        hanging = w.text_width(label) * CHARACTER
        left = (5 + (1 if several else 0)) * CHARACTER
        layout = Layout("both", page.line, before=LINE if number == 1 else 0, left=left, hanging=hanging)
        made.append(paragraph([run(label + name, page.look())], layout))
    return made


def annotation(block: t.Annotation, page: Page) -> list[Any]:
    return [paragraph([run(f"（{block.text}）", page.look())], Layout("both", page.line, first=2 * page.character))]


def code(block: t.QR, page: Page) -> list[Any]:
    picture = element("r")
    picture.append(page.picture(qr_png(block.payload), block.size, None))
    made = [paragraph([picture], Layout("center", None, before=10))]
    if block.caption:
        size = 15 if page.document.template is t.Template.POSTER else 9
        made.append(paragraph([run(block.caption, page.look(t.Face.HEI, size))], Layout("center", None)))
    return made


def image(block: t.Image, page: Page) -> list[Any]:
    """One picture in the middle of the line, its caption below."""
    return shown(block, page, 9)


def shown(block: t.Image, page: Page, size: float) -> list[Any]:
    """The paragraphs of a picture: kept together with its caption."""
    look = page.look(size=size)
    if block.content is None:
        made = [paragraph([run(block.missing, look)], Layout("center", None, before=12, after=12, keep_next=True))]
    else:
        drawn = element("r")
        drawn.append(page.picture(block.content, block.width, block.height, alt=block.alt))
        made = [paragraph([drawn], Layout("center", None, before=2, keep_next=True))]
    last = len(block.caption) - 1
    return made + [
        paragraph([run(line, look)], Layout("center", None, keep_next=n < last)) for n, line in enumerate(block.caption)
    ]


def _broken(page: Page, layout: Layout) -> Layout:
    """The layout, starting a new page when a PageBreak came before."""
    if not page.broken:
        return layout
    page.broken = False
    return replace(layout, page_break=True)
