"""The same scene is found again, mirrored or turned; another is not; nothing within the distance is missed."""

import random

import pytest

from anwang.domain.hints.likeness import bands, dhash, distance, likeness, packed, probes, telling, unpacked


def flipped(value, places):
    for place in places:
        value ^= 1 << place
    return value


def test_a_hash_has_a_bit_for_each_fall_of_brightness():
    falling = bytes(range(9, 0, -1)) * 8
    assert dhash(falling) == 2**64 - 1
    assert dhash(bytes(range(9)) * 8) == 0


def test_only_a_grid_of_nine_by_eight_has_a_hash():
    with pytest.raises(ValueError, match="72"):
        dhash(b"\0" * 71)


def test_four_bands_are_the_whole_hash():
    value = 0x0123456789ABCDEF
    assert bands(value) == (0x0123, 0x4567, 0x89AB, 0xCDEF)


@pytest.mark.parametrize("farthest", range(8))
def test_probes_meet_every_hash_within_the_distance(farthest):
    chance = random.Random(farthest)
    value = chance.getrandbits(64)
    looked = probes([value], farthest)
    for _ in range(500):
        other = flipped(value, chance.sample(range(64), farthest))
        assert any(band in wanted for band, wanted in zip(bands(other), looked, strict=True))


def test_more_bits_than_the_probes_can_promise_are_refused():
    with pytest.raises(ValueError, match="7"):
        probes([0], 8)


def test_the_nearest_of_the_forms_decides():
    assert likeness([0, 0xFF], 0xFE) == 1
    assert distance(0, 2**64 - 1) == 64


def test_a_blank_wall_tells_nothing():
    assert not telling([0])
    assert not telling([2**64 - 1])
    assert not telling([random.Random(1).getrandbits(64), 1])
    assert telling([0x0F0F0F0F0F0F0F0F])


def test_hashes_come_back_from_their_text():
    values = (0, 2**64 - 1, 42)
    assert unpacked(packed(values)) == values
