"""Small builders of WordprocessingML: elements, runs, paragraphs and their measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from anwang.domain.documents.tree import Face
from anwang.domain.documents.wording import clean

LATIN = "Times New Roman"
EAST_ASIAN = {Face.FANG: "仿宋_GB2312", Face.KAI: "楷体_GB2312", Face.HEI: "黑体", Face.SONG: "方正小标宋简体"}
# What stands in where a font is not installed (w:altName): WPS, Word, then free fonts.
SUBSTITUTES = {
    "仿宋_GB2312": "仿宋,FangSong,FandolFang R",
    "楷体_GB2312": "楷体,KaiTi,FandolKai",
    "黑体": "SimHei,FandolHei",
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,STZhongsong,宋体,FandolSong",
    "宋体": "SimSun,FandolSong",
    LATIN: "Liberation Serif,FandolSong",
}
RED, BLUE = "E60012", "0B4A8F"
# 156 mm hold 28 characters of 16 pt when each gives up a quarter of a point.
SQUEEZE = -5


def element(tag: str, **attributes: Any) -> Any:
    """A `w:` element; attributes are `w:` ones, None leaves one out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    return made


def twips(points: float) -> int:
    """Points in twentieths, Word's unit."""
    return round(points * 20)


@dataclass(frozen=True, slots=True)
class Type:
    """How a run looks: face, size in points and the rest."""

    face: Face = Face.FANG
    size: float = 16
    color: str | None = None
    spacing: int | None = None
    bold: bool = False
    family: str | None = None


def run_properties(look: Type) -> Any:
    """`w:rPr` of a look: Latin figures in Times, characters in the face."""
    properties = element("rPr")
    family = look.family or EAST_ASIAN[look.face]
    properties.append(element("rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=family, hint="eastAsia"))
    if look.bold:
        properties.append(element("b"))
    if look.color:
        properties.append(element("color", val=look.color))
    if look.spacing is not None:
        properties.append(element("spacing", val=look.spacing))
    half_points = round(look.size * 2)
    properties.extend([element("sz", val=half_points), element("szCs", val=half_points)])
    return properties


def run(text: str, look: Type) -> Any:
    """A run of text; line feeds become breaks, nothing in the text is markup."""
    made = element("r")
    made.append(run_properties(look))
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(element("br"))
        written = element("t")
        written.set(qn("xml:space"), "preserve")
        written.text = line
        made.append(written)
    return made


def tab(look: Type) -> Any:
    """A run with one tabulator."""
    made = element("r")
    made.extend([run_properties(look), element("tab")])
    return made


def field(code: str, look: Type) -> list[Any]:
    """The runs of a field such as PAGE; Word and LibreOffice fill it in."""
    runs = []
    for content in ("begin", None, "separate", "1", "end"):
        made = element("r")
        made.append(run_properties(look))
        if content is None:
            instruction = element("instrText")
            instruction.text = f" {code} "
            made.append(instruction)
        elif content == "1":
            shown = element("t")
            shown.text = "1"
            made.append(shown)
        else:
            made.append(element("fldChar", fldCharType=content))
        runs.append(made)
    return runs


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph stands. Points, except `line` None for single spacing."""

    align: str = "left"
    line: float | None = 29
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    style: str | None = None
    keep_next: bool = False
    page_break: bool = False
    right_tab: float | None = None
    fill: str | None = None
    under: tuple[str, int, int] | None = None  # color, eighths of a point, distance in points


def paragraph(runs: list[Any], layout: Layout) -> Any:
    """`w:p` with its properties in the order that the schema wants."""
    made = element("p")
    made.append(_paragraph_properties(layout))
    made.extend(runs)
    return made


def _paragraph_properties(layout: Layout) -> Any:
    properties = element("pPr")
    if layout.style:
        properties.append(element("pStyle", val=layout.style))
    if layout.keep_next:
        properties.append(element("keepNext"))
    if layout.page_break:
        properties.append(element("pageBreakBefore"))
    properties.append(element("widowControl", val=0))
    if layout.under:
        color, weight, space = layout.under
        borders = element("pBdr")
        borders.append(element("bottom", val="single", sz=weight, space=space, color=color))
        properties.append(borders)
    if layout.fill:
        properties.append(element("shd", val="clear", color="auto", fill=layout.fill))
    if layout.right_tab is not None:
        tabs = element("tabs")
        tabs.append(element("tab", val="right", pos=twips(layout.right_tab)))
        properties.append(tabs)
    properties.extend([element("autoSpaceDE", val=0), element("autoSpaceDN", val=0), element("snapToGrid", val=0)])
    properties.extend([_spacing(layout), _indent(layout), element("jc", val=layout.align)])
    return properties


def _spacing(layout: Layout) -> Any:
    line, rule = (240, "auto") if layout.line is None else (twips(layout.line), "exact")
    return element("spacing", before=twips(layout.before), after=twips(layout.after), line=line, lineRule=rule)


def _indent(layout: Layout) -> Any:
    hanging, first = (twips(layout.hanging), None) if layout.hanging else (None, twips(layout.first))
    return element("ind", left=twips(layout.left), right=twips(layout.right), hanging=hanging, firstLine=first)
