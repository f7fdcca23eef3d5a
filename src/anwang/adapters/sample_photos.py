"""Photos of a demonstration, drawn: a workshop, a yard, a corridor that nobody has ever seen, marked 示例."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from anwang.adapters.fonts import font_set
from anwang.adapters.qr import qr_png

SIZE = (960, 720)
SHEET, ROWS = (900, 1270), 9
MARK = "示例"


def sample_photo(number: int, *, mirrored: bool = False) -> bytes:
    """A JPEG of the scene with this number; `mirrored` as if another had taken it over."""
    dice = random.Random(number)
    image = Image.new("RGB", SIZE, _tone(dice, 150, 215))
    draw = ImageDraw.Draw(image)
    floor = dice.randint(430, 520)
    draw.rectangle([0, floor, *SIZE], fill=_tone(dice, 90, 140))
    for _ in range(dice.randint(3, 5)):
        x, width = dice.randrange(0, 880), dice.randint(60, 170)
        draw.rectangle([x, dice.randint(60, 180), x + width, dice.randint(230, 330)], fill=_tone(dice, 200, 250))
    for _ in range(dice.randint(4, 7)):
        x, width = dice.randrange(-40, 860), dice.randint(70, 240)
        top = floor - dice.randint(60, 240)
        draw.rectangle([x, top, x + width, floor + dice.randint(10, 90)], fill=_tone(dice, 40, 190), outline="black")
    for _ in range(dice.randint(2, 4)):
        x, radius = dice.randrange(80, 880), dice.randint(30, 80)
        draw.ellipse(
            [x - radius, floor - radius, x + radius, floor + radius], fill=_tone(dice, 60, 220), outline="black"
        )
    image = ImageOps.mirror(image) if mirrored else image
    _mark(image)
    out = BytesIO()
    image.save(out, "JPEG", quality=84)
    return out.getvalue()


def sample_sheet(address: str, lines: Sequence[str]) -> bytes:
    """A JPEG of a record sheet that was filled in by hand, with the code that leads to `address`; marked 示例."""
    image = Image.new("RGB", SHEET, "#f4f1ea")
    draw, (mark, font) = ImageDraw.Draw(image), _face()
    title = "企业包保督导记录表" if mark == MARK else "RECORD"
    draw.text((SHEET[0] // 2, 130), title, fill="black", font=font, anchor="mm")
    for number in range(ROWS):
        y = 220 + number * 74
        draw.line([70, y + 60, SHEET[0] - 70, y + 60], fill="#777777", width=2)
        if number < len(lines) and mark == MARK:
            draw.text((84, y + 8), lines[number], fill="#1b2a6b", font=font)
    with Image.open(BytesIO(qr_png(address, scale=5, border=3))) as code:
        image.paste(code.convert("RGB"), (SHEET[0] - code.width - 60, SHEET[1] - code.height - 60))
    _mark(image)
    out = BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _tone(dice: random.Random, low: int, high: int) -> tuple[int, int, int]:
    base = dice.randint(low, high)
    red, green, blue = (max(0, min(255, base + dice.randint(-25, 25))) for _ in range(3))
    return red, green, blue


def _mark(image: Image.Image) -> None:
    draw, (mark, font) = ImageDraw.Draw(image), _face()
    draw.rectangle([24, 24, 164, 84], fill="white", outline="black")
    draw.text((94, 54), mark, fill="black", font=font, anchor="mm")


@cache
def _face() -> tuple[str, ImageFont.FreeTypeFont | ImageFont.ImageFont]:
    """The mark in a Chinese face of the documents; where there is none, in plain letters."""
    found = font_set()
    for font in found.fonts.fonts():
        if font.path and font.family in found.faces["hei"]:
            return MARK, ImageFont.truetype(font.path, 42, index=font.index)
    return "DEMO", ImageFont.load_default(36)
