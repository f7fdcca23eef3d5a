"""Pictures for tests, drawn from a number: the same number is the same scene."""

import random
from io import BytesIO

from PIL import Image, ImageDraw


def scene(seed, size=(640, 480)):
    """Coloured rectangles: enough edges to be recognised."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (chance.randrange(256),) * 3)
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle([x, y, x + chance.randrange(20, size[0] // 3), y + chance.randrange(20, size[1] // 3)], colour)
    return image


def encoded(image, kind="JPEG", **how):
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(seed=1, **how):
    """A photo as bytes."""
    return encoded(scene(seed), **how)
