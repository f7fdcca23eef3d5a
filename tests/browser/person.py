"""A person at a person's pace: what a task takes in taps and seconds, whoever's machine the test runs on.

The keystroke-level model for a telephone held in one hand: before a choice one thinks, then the thumb reaches and taps;
a question is read before it is answered; what is out of sight is scrolled to. Waiting for a page counts as measured,
with a weak mobile network added.
"""

from __future__ import annotations

import time
from typing import Any

#: Seconds. Thinking before a choice and reaching for it are those of the keystroke-level model (Card, Moran, Newell);
#: a new page is found one's way on in two seconds; five characters of a question are read in one.
THINK, REACH, SWIPE, ARRIVE, NETWORK = 1.35, 1.1, 1.0, 2.0, 1.5
CHARACTERS_A_SECOND = 5
TYPE = 0.6


class Person:
    """Counts what one does on `page`. `seconds` is the model's time, with the machine's own waiting in it."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps, self.seconds = page, 0, ARRIVE

    def read(self, selector: str) -> None:
        """Read a question or an instruction."""
        self.seconds += len(self.page.locator(selector).first.inner_text()) / CHARACTERS_A_SECOND

    def tap(self, selector: str, *, leads_on: bool = False) -> None:
        """Think, scroll there if it is out of sight, tap; `leads_on`: to another page, which is waited for."""
        target = self.page.locator(selector).first
        box, height = target.bounding_box(), self.page.viewport_size["height"]
        # The bar at the foot hides the last part of the screen.
        out_of_sight = max(0.0, box["y"] + box["height"] - (height - 140)) if box else 0.0
        self.seconds += THINK + REACH + SWIPE * -(-out_of_sight // (height / 2))
        self.taps += 1
        began, here = time.perf_counter(), self.page.url
        target.click()
        if leads_on:
            self.page.wait_for_url(lambda url: url != here)
            self.seconds += NETWORK + ARRIVE
        self.page.wait_for_load_state("networkidle")
        self.seconds += time.perf_counter() - began
