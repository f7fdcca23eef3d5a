"""A box at the foot of the type area: Word, WPS and LibreOffice all place an anchored text box there.

LibreOffice leaves floating tables and frames as wide as the text in the flow.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

from anwang.adapters.docx.oxml import Layout, element, paragraph

_EMU = 12700  # to the point
_BOX = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
  <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
    layoutInCell="1" allowOverlap="0">
    <wp:simplePos x="0" y="0"/>
    <wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>
    <wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
    <wp:extent cx="{width}" cy="{height}"/>
    <wp:effectExtent l="0" t="0" r="0" b="0"/>
    <wp:wrapTopAndBottom/>
    <wp:docPr id="{number}" name="imprint"/>
    <wp:cNvGraphicFramePr/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
      <wps:cNvSpPr txBox="1"/>
      <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
      <wps:txbx><w:txbxContent/></wps:txbx>
      <wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/>
    </wps:wsp></a:graphicData></a:graphic>
  </wp:anchor>
</w:drawing>"""


def bottom_box(content: list[Any], width: float, height: float, number: int) -> Any:
    """A paragraph of no height that anchors the box; points, `number` unique among the document's drawings."""
    filled = _BOX.format(width=round(width * _EMU), height=round(height * _EMU), number=number)
    drawing = parse_xml(filled)
    box = next(drawing.iter("{*}txbxContent"))
    box.extend(content)
    run = element("r")
    run.append(drawing)
    return paragraph([run], Layout(line=1))
