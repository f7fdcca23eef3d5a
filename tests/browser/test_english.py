"""English words are longer than Chinese ones: switched by the button, they fit on a phone and on a desktop."""

from __future__ import annotations

import pytest

from anwang.features.duties.actions import open_duties

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGES = {
    "county_leader": [
        "/",
        "/enterprises/",
        "/people/",
        "/table/",
        "/coverage/",
        "/plans/",
        "/duties/all/",
        "/contacts/",
    ],
    "village_cadre": ["/", "/duties/", "/my/enterprises/", "/commitments/", "/feedback/"],
    "principal": ["/"],
}
#: Of the words in the bar at the foot of a phone, the pairs that lie over each other.
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".aw-tabbar .aw-tab")].map((tab) => {
    const range = document.createRange(); range.selectNodeContents(tab); return range.getBoundingClientRect();
  });
  return boxes.filter((box, i) => i && box.left < boxes[i - 1].right - 0.5).length;
}"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("who", PAGES)
def test_english_fits(visit, cast, now, who, width):
    open_duties(by=cast.system, now=now)
    person = visit(who, width)
    page = person.open("/")
    page.evaluate("document.querySelector('button[name=language][value=en]').click()")
    page.wait_for_selector("html[lang=en]")
    for path in PAGES[who]:
        person.open(path)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.evaluate(OVERLAPS) == 0, path
