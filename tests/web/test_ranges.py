"""A file served in parts, so that a film seeks."""

from io import BytesIO

import pytest

from anwang.web.ranges import answer, part_of

DATA = bytes(range(100))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", (0, 100)), ("bytes=0-", (0, 100)), ("bytes=10-19", (10, 20)), ("bytes=90-500", (90, 100)),
        ("bytes=-5", (95, 100)), ("bytes=-500", (0, 100)), ("bytes=0-1,5-6", (0, 100)), ("lines=1-2", (0, 100)),
        ("bytes=-", (0, 100)), ("bytes=100-", None), ("bytes=20-10", None), ("bytes=-0", None),
    ],
)  # fmt: skip
def test_the_part_that_a_header_asks_for(header, part):
    assert part_of(header, 100) == part


def got(header):
    return answer(BytesIO(DATA), header=header, content_type="video/mp4", name="片 子.mp4")


def test_a_part_says_where_it_stands():
    response = got("bytes=10-19")
    assert (response.status_code, response["Content-Range"]) == (206, "bytes 10-19/100")
    assert (b"".join(response), response["Content-Length"]) == (DATA[10:20], "10")


def test_the_whole_says_that_parts_can_be_had():
    response = got("")
    assert (response.status_code, response["Accept-Ranges"], b"".join(response)) == (200, "bytes", DATA)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_part_behind_the_end_is_refused_with_the_size():
    response = got("bytes=100-")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_an_answer_that_nobody_reads_to_the_end_closes_its_file():
    file = BytesIO(DATA)
    response = answer(file, header="", content_type="video/mp4", name="x")
    next(iter(response))
    for close in response._resource_closers:  # what the server calls when the answer is over
        close()
    assert file.closed
