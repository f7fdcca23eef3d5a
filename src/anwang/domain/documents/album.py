"""影像资料: the pictures of a record of facts, small, each with when, who and the sum of its original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from anwang.domain.documents.tree import Block, Column, Heading, Image, Para, Pictures, Table


class Sort(StrEnum):
    """Where a picture comes from, in the order in which the sorts are shown."""

    PHOTO = "photo"
    SHEET = "sheet"
    PROBLEM = "problem"


#: Of each sort: its heading, columns a row, and the longest sides in mm. A sheet of paper must stay readable.
_LAYOUT = {
    Sort.PHOTO: ("督导记录的照片", 3, 57, 40),
    Sort.SHEET: ("纸质记录表的照片", 2, 86, 96),
    Sort.PROBLEM: ("问题的照片", 3, 57, 40),
}
NONE = "没有照片和记录表原件。有没有照片，记录同样有效。"
_GONE, _WITHDRAWN = "原件缺失，未能附图", "已撤下，图像已删除"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. `content` is a small JPEG, None when there is none: it was `withdrawn`, is not a picture (`paper`),
    or its file is gone. `marks` are what a reader must know of it, such as 事故后收到. Times are words."""

    sort: Sort
    number: str
    what: str
    received: str
    who: str
    digest: str
    taken: str = ""
    content: bytes | None = None
    withdrawn: str = ""
    marks: tuple[str, ...] = ()

    @property
    def caption(self) -> tuple[str, ...]:
        """What stands below."""
        marks = f"（{'，'.join(self.marks)}）" if self.marks else ""
        times = f"拍摄 {self.taken}　收到 {self.received}" if self.taken else f"收到 {self.received}"
        return f"{self.number}　{self.what}{marks}", f"{times}　{self.who}", f"SHA-256 {self.digest}"

    @property
    def missing(self) -> str:
        """What stands in the place of a picture that is not there."""
        return f"{self.withdrawn} {_WITHDRAWN}" if self.withdrawn else _GONE


@dataclass(frozen=True, slots=True)
class Album:
    """`shots` are shown; `others` are only listed: (picture, why it is not shown)."""

    shots: Sequence[Shot] = ()
    others: Sequence[tuple[Shot, str]] = ()
    most: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def _text(header: str, width: float) -> Column:
    return Column(header, width)


_OTHERS = (_text("编号", 24), _text("内容", 44), _text("收到", 26), _text("提供人", 20), _text("未附图原因", 24),
           _text("SHA-256", 52))  # fmt: skip


def album(found: Album) -> list[Block]:
    """The part of the pack with the pictures: how many there are, each sort by itself, and what is not shown."""
    if not found.shots and not found.others:
        return [Heading(1, "影像资料"), Para(NONE)]
    blocks: list[Block] = [Heading(1, "影像资料"), Para(_counted(found))]
    for sort, (name, columns, width, height) in _LAYOUT.items():
        items = tuple(_image(shot, width, height) for shot in found.shots if shot.sort is sort)
        if items:
            blocks += [Heading(2, f"{name}（{len(items)} 张）"), Pictures(items, columns=columns, size=7)]
    if found.others:
        rows = tuple((s.number, s.what, s.received, s.who, why, s.digest) for s, why in found.others)
        blocks += [Para(f"以下 {len(rows)} 件没有附图："), Table(_OTHERS, rows, size=7.5)]
    return blocks


def _counted(found: Album) -> str:
    said = [
        f"{name.removesuffix('的照片')} {sum(shot.sort is sort for shot in found.shots)} 张"
        for sort, (name, *_size) in _LAYOUT.items()
    ]
    gone = sum(shot.content is None for shot in found.shots)
    text = f"附图 {len(found.shots)} 张：{'，'.join(said)}。均为缩小图，原件存系统，摘要值是原件的。"
    if gone:
        text += f"其中 {gone} 张已撤下或原件缺失，在原位注明。"
    left = sum(why == TOO_MANY for _shot, why in found.others)
    return text + (f"本材料最多附 {found.most} 张，另有 {left} 张只列摘要值。" if left else "")


TOO_MANY, NO_PICTURE = "超过张数", "不是图片"


def _image(shot: Shot, width: float, height: float) -> Image:
    alt = f"{shot.number} {shot.what}"
    return Image(shot.content, alt, shot.caption, width, height, shot.missing)
