"""Limits against abuse that keep no address: a keyed digest in memory, its key forgotten with the day.

Nobody is locked out: past the limit a small sum is asked, of right codes and wrong ones alike.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.core import signing
from django.core.cache import cache

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day

DAY = 86400
SALT = "reports-sum"


def admitted(*, by: Actor, now: datetime, address: str, what: str, most: int) -> bool:
    """Count one more request of an address today; False past `most`. Nothing is written to disk."""
    day = local_day(now).isoformat()
    cache.add(f"reports:salt:{day}", secrets.token_bytes(32), DAY)
    salt = cache.get(f"reports:salt:{day}") or b""
    key = hmac.new(salt, f"{what}:{address}".encode(), hashlib.sha256).hexdigest()
    cache.add(f"reports:{key}", 0, DAY)
    try:
        return bool(cache.incr(f"reports:{key}") <= most)
    except ValueError:  # thrown out of the memory between the two
        return True


def sum_question(*, by: Actor, now: datetime) -> tuple[int, int, str]:
    """Two numbers to be added and the signed form of them, good once and for an hour."""
    first, second = secrets.randbelow(40) + 10, secrets.randbelow(9) + 1
    return first, second, signing.dumps([first, second, secrets.token_hex(8)], salt=SALT)


def solved(*, by: Actor, now: datetime, asked: str, given: str) -> bool:
    """Whether the sum is right; each question counts once."""
    try:
        first, second, once = signing.loads(asked, salt=SALT, max_age=3600)
    except signing.BadSignature:
        return False
    right = given.strip() == str(first + second)
    return right and cache.add(f"reports:once:{once}", 1, 3600)
