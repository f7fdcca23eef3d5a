"""The code on a record sheet: whose it is and where, signed so that a copied or altered code leads nowhere (B9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "anwang.paper.sheet"
_SHAPE = re.compile(r"([0-9a-z]{1,12})-([0-9a-z]{1,12})-([0-9a-z]{1,6})-([0-9a-f]{16})")
_EPOCH = date(2020, 1, 1)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Code:
    """What a sheet says of itself."""

    enterprise: int
    person: int
    printed_on: date

    @property
    def token(self) -> str:
        """Short enough for a small square on creased paper."""
        body = "-".join(map(_base36, (self.enterprise, self.person, (self.printed_on - _EPOCH).days)))
        return f"{body}-{_mac(body)}"

    @property
    def url(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse('sheet_open', args=[self.token])}"


def read_code(token: str) -> Code | None:
    """The code of a token; None when it is not ours."""
    found = _SHAPE.fullmatch(token)
    if found is None or not constant_time_compare(_mac(token.rsplit("-", 1)[0]), found[4]):
        return None
    return Code(int(found[1], 36), int(found[2], 36), _EPOCH + timedelta(days=int(found[3], 36)))


def code_of(text: str) -> Code | None:
    """The code in what a reader of codes saw: an address that ends in a token."""
    return read_code(text.rstrip("/").rsplit("/", 1)[-1])


def _base36(value: int) -> str:
    shown = ""
    while value:
        value, last = divmod(value, 36)
        shown = _DIGITS[last] + shown
    return shown or "0"


def _mac(body: str) -> str:
    return salted_hmac(_SALT, body, algorithm="sha256").hexdigest()[:16]
