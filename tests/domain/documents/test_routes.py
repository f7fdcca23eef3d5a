"""The route sheet of a day: each stop with its code, three on a page."""

from anwang.domain.documents.routes import RouteStop, route_sheet
from anwang.domain.documents.tree import KeyValues, PageBreak, Para, Signatures

STOP = RouteStop(
    "甲公司", "某街1号", "张某", "139****0001", "上午", ("专题会议", "谈话教育", "管控检查", "应急演练"), "https://x"
)


def sheet(stops, calls=()):
    return route_sheet(supervisor="李某", unit="某街道", day="2026年12月14日", stops=stops, calls=calls)


def blocks(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def test_every_stop_has_its_code_and_a_place_to_sign():
    codes = [block.qr.payload for block in blocks(sheet([STOP, STOP]), Signatures)]
    assert codes == ["https://x", "https://x"]


def test_duties_are_boxes_three_on_a_line():
    said = blocks(sheet([STOP]), KeyValues)[0].pairs[-1].value
    assert said == "□专题会议　□谈话教育　□管控检查\n□应急演练"


def test_signing_stands_under_its_stop_not_at_the_foot_of_the_page():
    assert all(block.follows for block in blocks(sheet([STOP] * 4), Signatures))


def test_the_fourth_stop_begins_a_page():
    assert len(blocks(sheet([STOP] * 3), PageBreak)) == 0
    assert len(blocks(sheet([STOP] * 4), PageBreak)) == 1


def test_calls_of_the_day_are_named_and_an_empty_day_says_so():
    said = [block.text for block in blocks(sheet([], ["乙公司", "丙公司"]), Para)]
    assert said[-2:] == ["当日没有到企业的安排。", "乙公司、丙公司"]
