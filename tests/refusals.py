"""What a test expects to be refused, by its stable code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from anwang.domain.base import Refusal


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused with this code."""
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
