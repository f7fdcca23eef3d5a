"""The same point in the systems that Chinese maps use; a coordinate that is taken for another lies streets away."""

from math import hypot

import pytest

from anwang.domain.grid.coordinates import System, from_wgs84, offset, reach_of, spot, to_wgs84

LINYI = (118.35, 35.05)


def metres(one, other):
    return hypot(*offset(one, other))


def test_known_pairs_of_published_points_agree():
    """Points that are passed around with every such conversion, to a metre."""
    assert metres(from_wgs84(116.404, 39.915, System.GCJ02), (116.410244, 39.916404)) < 1
    in_bd = from_wgs84(*to_wgs84(116.404, 39.915, System.GCJ02), System.BD09)
    assert metres(in_bd, (116.410369, 39.921337)) < 1


@pytest.mark.parametrize("system", System)
@pytest.mark.parametrize("point", [LINYI, (117.41, 34.37), (119.18, 36.21), (121.47, 31.23), (87.6, 43.8)])
def test_there_and_back_is_the_same_point(system, point):
    assert metres(to_wgs84(*from_wgs84(*point, system), system), point) < 0.25


def test_the_systems_lie_hundreds_of_metres_apart_in_linyi():
    gcj, bd = (from_wgs84(*LINYI, system) for system in (System.GCJ02, System.BD09))
    assert 300 < metres(gcj, LINYI) < 800
    assert 600 < metres(bd, LINYI) < 1800
    assert to_wgs84(*LINYI, System.WGS84) == LINYI


def test_a_degree_of_latitude_is_111_kilometres_and_of_longitude_less():
    assert offset((118.35, 36.05), LINYI)[1] == pytest.approx(111_195, abs=10)
    assert offset((119.35, 35.05), LINYI)[0] == pytest.approx(91_030, abs=30)


@pytest.mark.parametrize(
    ("shift", "direction", "right", "down"),
    [((0, 0.01), "北", 0, -1), ((0.01, 0), "东", 1, 0), ((0, -0.01), "南", 0, 1), ((-0.01, 0), "西", -1, 0),
     ((0.01, 0.008), "东北", 1, -1)],
)  # fmt: skip
def test_north_is_up_in_a_sketch(shift, direction, right, down):
    found = spot((LINYI[0] + shift[0], LINYI[1] + shift[1]), LINYI, reach=2500, half=100)
    assert found.direction == direction
    assert ((found.x > 100) - (found.x < 100), (found.y > 100) - (found.y < 100)) == (right, down)


def test_a_sketch_reaches_as_far_as_it_must():
    assert (reach_of([]), reach_of([251]), reach_of([99_000])) == (250, 500, 25_000)
