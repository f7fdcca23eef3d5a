"""Pages travel compressed, files as they are."""

import gzip

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
ASKED = {"headers": {"accept-encoding": "gzip"}}


def test_a_page_is_compressed_for_whoever_takes_it(cast):
    browser = cast.sign_in("village_cadre")
    page = browser.get("/", **ASKED)
    assert page["Content-Encoding"] == "gzip"
    assert "首页" in gzip.decompress(page.content).decode()
    assert not browser.get("/").has_header("Content-Encoding")


def test_a_download_keeps_its_length(cast):
    answer = cast.sign_in("village_cadre").get(reverse("record_template"), **ASKED)
    assert not answer.has_header("Content-Encoding")
    assert int(answer["Content-Length"]) > 1000
