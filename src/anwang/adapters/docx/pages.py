"""Sections: paper, margins, page numbers, and the fonts' substitutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips
from lxml import etree

from anwang.adapters.docx.oxml import (
    BLUE,
    EAST_ASIAN,
    LATIN,
    SUBSTITUTES,
    Layout,
    Type,
    element,
    field,
    paragraph,
    run,
    tab,
)
from anwang.domain.documents.tree import Document, Face, Paper, Template

_PAPERS = {Paper.A4: (210, 297), Paper.A3: (297, 420)}


@dataclass(frozen=True, slots=True)
class Margins:
    """Page margins and the footer's distance from the edge, in mm."""

    top: float
    right: float
    bottom: float
    left: float
    footer: float


# 22 lines of exactly 29 pt are 12,760 twips: the official foot margin is 1,980 twips (34.92 mm), not 35 mm,
# where Word would carry the last line over. The number's dash stands 7 mm below the type area.
MARGINS = {
    Template.OFFICIAL: Margins(37, 26, 1980 / 1440 * 25.4, 28, 24.6),
    Template.FORM: Margins(25, 26, 30, 28, 20),
    Template.POSTER: Margins(24, 20, 24, 20, 16),
    Template.TABLE: Margins(22, 15, 20, 15, 10),
}


def text_width(document: Document) -> float:
    """The width of the type area in points."""
    wide, high = _PAPERS[document.paper]
    margins = MARGINS[document.template]
    return ((high if document.landscape else wide) - margins.left - margins.right) * 72 / 25.4


def set_section(section: Section, document: Document, *, alone: bool) -> None:
    """Paper, margins, page numbering from 1 and the foot of the page; `alone` when there is no other document."""
    wide, high = _PAPERS[document.paper]
    if document.landscape:
        wide, high = high, wide
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(wide), Mm(high)
    margins = MARGINS[document.template]
    section.top_margin, section.left_margin, section.right_margin = Mm(margins.top), Mm(margins.left), Mm(margins.right)
    section.bottom_margin, section.footer_distance = Twips(round(margins.bottom / 25.4 * 1440)), Mm(margins.footer)
    section.header_distance = Mm(10)
    properties = section._sectPr
    for grid in properties.findall("{*}docGrid"):
        properties.remove(grid)
    numbering = element("pgNumType", start=1)
    columns = properties.find("{*}cols")
    columns.addprevious(numbering) if columns is not None else properties.append(numbering)
    if document.template is Template.POSTER:
        numbering.addprevious(_page_borders())
    _set_footers(section, document, "NUMPAGES" if alone else "SECTIONPAGES")


def _page_borders() -> Any:
    borders = element("pgBorders", offsetFrom="page")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="single", sz=36, space=22, color=BLUE))
    return borders


def _set_footers(section: Section, document: Document, total: str) -> None:
    feet = (section.footer, section.even_page_footer)
    for foot, odd in zip(feet, (True, False), strict=True):
        foot.is_linked_to_previous = False
        body = foot._element
        for old in list(body):
            body.remove(old)
        body.append(_foot(document, total, odd=odd))


def _foot(document: Document, total: str, *, odd: bool) -> Any:
    if document.template is Template.OFFICIAL:
        look = Type(size=14, family="宋体")
        runs = [run("— ", look), *field("PAGE", look), run(" —", look)]
        return paragraph(
            runs, Layout("right" if odd else "left", line=18, left=0 if odd else 14, right=14 if odd else 0)
        )
    look = Type(size=9)
    runs = [run(f"信息公开形式：{document.disclosure.label}", look)]
    if document.template is Template.FORM:
        runs += [tab(look), run(document.foot, look)]
    elif document.template is Template.TABLE:
        pages = [
            run("第 ", look),
            *field("PAGE", look),
            run(" 页　共 ", look),
            *field(total, look),
            run(" 页", look),
        ]
        runs += [tab(look), *pages]
    return paragraph(runs, Layout(line=None, right_tab=text_width(document)))


def set_defaults(word: Word) -> None:
    """Normal and heading styles in official faces, odd and even pages apart, substitutes for missing fonts."""
    styles = word.styles
    faces = {
        "Normal": Face.FANG,
        "Heading 1": Face.HEI,
        "Heading 2": Face.KAI,
        "Heading 3": Face.FANG,
        "Heading 4": Face.FANG,
    }
    for name, face in faces.items():
        _set_style(styles[name]._element, face)
    _set_style(styles["Title"]._element, Face.SONG, size=22)
    for language in word.styles.element.iter("{*}lang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    word.settings.odd_and_even_pages_header_footer = True
    _set_substitutes(word)


def _set_style(style: Any, face: Face, size: float = 16) -> None:
    """Replace what the default template says: theme fonts, blue colour, borders, spacing."""
    for name in ("pPr", "rPr"):
        for old in style.findall(f"{{*}}{name}"):
            if name == "pPr":
                outline = old.find("{*}outlineLvl")
                for child in list(old):
                    if child is not outline:
                        old.remove(child)
            else:
                style.remove(old)
    properties = element("rPr")
    properties.append(element("rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=EAST_ASIAN[face]))
    properties.extend([element("b", val=0), element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))])
    properties.append(element("lang", val="zh-CN", eastAsia="zh-CN"))
    style.append(properties)


def _set_substitutes(word: Word) -> None:
    """`w:altName` in the font table: the program takes the first of these that it has."""
    for part in word.part.package.iter_parts():
        if part.partname.endswith("/fontTable.xml"):
            table = etree.fromstring(part.blob)
            for font in table.findall(qn("w:font")):
                if font.get(qn("w:name")) in SUBSTITUTES:
                    table.remove(font)
            for name, others in SUBSTITUTES.items():
                font = etree.SubElement(table, qn("w:font"), {qn("w:name"): name})
                etree.SubElement(font, qn("w:altName"), {qn("w:val"): others})
                etree.SubElement(font, qn("w:charset"), {qn("w:val"): "00" if name == LATIN else "86"})
            part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
