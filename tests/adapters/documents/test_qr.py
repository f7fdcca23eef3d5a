"""QR codes as pictures and vectors."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from anwang.adapters.qr import qr_png, qr_svg
from anwang.domain.base import Refusal
from tests.adapters.documents import measure

ADDRESS = "https://anwang.example/v/00000012"


def test_vector_and_picture_show_the_same_modules():
    with Image.open(BytesIO(qr_png(ADDRESS, scale=1, border=4))) as image:
        picture = ~np.asarray(image.convert("1"))
    assert np.array_equal(picture, measure.modules(qr_svg(ADDRESS, border=4)))


def test_the_three_finders_stand_in_their_corners():
    code = measure.modules(qr_svg(ADDRESS))
    for corner in (code[:7, :7], code[:7, -7:], code[-7:, :7]):
        assert corner.sum() == 33


def test_a_module_has_as_many_pixels_as_asked_for():
    with Image.open(BytesIO(qr_png(ADDRESS, scale=8))) as image:
        assert image.size == (8 * len(measure.modules(qr_svg(ADDRESS))),) * 2


def test_different_addresses_give_different_codes():
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS + "3")


def test_an_endless_address_is_refused_with_its_length():
    with pytest.raises(Refusal) as refusal:
        qr_svg("x" * 5000)
    assert refusal.value.code == "qr.too_long"
    assert "5000" in str(refusal.value)


@pytest.mark.parametrize("payload", [ADDRESS, "承诺书 2026-0001", "x" * 600])
def test_what_is_printed_is_read_again(payload):
    with Image.open(BytesIO(qr_png(payload, scale=4, border=4))) as image:
        assert [code.text for code in zxingcpp.read_barcodes(image.convert("L"))] == [payload]
