"""The pictures of a review pack in words: how many, whose, and which are only listed."""

from dataclasses import replace

from anwang.domain.documents.album import NO_PICTURE, NONE, TOO_MANY, Album, Shot, Sort, album
from anwang.domain.documents.tree import Heading, Para, Pictures, Table

JPEG = b"\xff\xd8\xff\xe0"
SHOT = Shot(Sort.PHOTO, "12-1", "2026-11-03 现场", "2026-11-03 10:00", "示例主任", "0a" * 32, "2026-11-03 09:12", JPEG)


def words(blocks) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, (Para, Heading)))


def test_a_caption_says_what_when_who_and_the_sum_of_the_original() -> None:
    assert SHOT.caption == (
        "12-1　2026-11-03 现场",
        "拍摄 2026-11-03 09:12　收到 2026-11-03 10:00　示例主任",
        "SHA-256 " + "0a" * 32,
    )


def test_what_a_reader_must_know_stands_with_the_picture() -> None:
    late = replace(SHOT, taken="", marks=("事故后收到", "记录已撤回"))
    assert late.caption[0].endswith("（事故后收到，记录已撤回）")
    assert late.caption[1].startswith("收到 2026-11-03 10:00")


def test_a_withdrawn_picture_says_when_and_a_lost_one_that_it_is_lost() -> None:
    assert replace(SHOT, content=None, withdrawn="2026-11-05 08:00").missing == "2026-11-05 08:00 已撤下，图像已删除"
    assert replace(SHOT, content=None).missing == "原件缺失，未能附图"
    found = album(Album([SHOT, replace(SHOT, content=None)], most=300))
    assert "其中 1 张已撤下或原件缺失" in words(found)


def test_each_sort_stands_by_itself_sheets_larger() -> None:
    shots = [SHOT, replace(SHOT, sort=Sort.SHEET), replace(SHOT, sort=Sort.PROBLEM), SHOT]
    blocks = album(Album(shots, most=300))
    grids = [block for block in blocks if isinstance(block, Pictures)]
    assert [(len(grid.items), grid.columns) for grid in grids] == [(2, 3), (1, 2), (1, 3)]
    assert grids[1].items[0].height > grids[0].items[0].height


def test_what_is_not_shown_is_listed_with_the_reason_and_its_sum() -> None:
    blocks = album(Album([SHOT], [(SHOT, TOO_MANY), (SHOT, NO_PICTURE)], 1))
    assert "最多附 1 张，另有 1 张只列摘要值" in words(blocks)
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [row[4:] for row in table.rows] == [("超过张数", "0a" * 32), ("不是图片", "0a" * 32)]


def test_a_pack_without_pictures_says_that_records_count_without_them() -> None:
    assert words(album(Album())).endswith(NONE)
