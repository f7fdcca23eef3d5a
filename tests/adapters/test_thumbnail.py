"""Small pictures for documents: bounded, the same for the same, and none for what cannot be read."""

from io import BytesIO

from PIL import Image

from anwang.adapters.pictures import thumbnail
from tests.features.duties.pictures import encoded, jpeg, scene


def test_the_longer_side_is_bounded_and_the_proportion_stays() -> None:
    with Image.open(BytesIO(thumbnail(encoded(scene(1, (1600, 800))), 480) or b"")) as small:
        assert small.size == (480, 240)
    with Image.open(BytesIO(thumbnail(encoded(scene(1).resize((90, 60)), "PNG"), 480) or b"")) as small:
        assert small.size == (90, 60)


def test_the_same_picture_is_the_same_small_one_of_few_bytes() -> None:
    small = thumbnail(jpeg(3), 480)
    assert small == thumbnail(jpeg(3), 480)
    assert small is not None
    assert len(small) < 60_000


def test_what_is_no_picture_or_breaks_off_gives_none() -> None:
    assert thumbnail(b"", 480) is None
    assert thumbnail(b"%PDF-1.7", 480) is None
    assert thumbnail(jpeg(1)[:300], 480) is None
