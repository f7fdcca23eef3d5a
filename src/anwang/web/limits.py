"""How often one address may ask: counted for a minute in memory, under a name that nobody can turn back."""

from __future__ import annotations

from datetime import datetime

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = 60


def is_within(request: HttpRequest, *, name: str, most: int, now: datetime) -> bool:
    """Whether this is at most the `most`-th request of its kind in this minute. The address is kept nowhere."""
    minute = int(now.timestamp()) // SECONDS
    who = salted_hmac(f"limit:{name}:{minute}", str(get_client_ip_address(request))).hexdigest()[:32]
    key = f"limit:{name}:{who}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it ran out between the two
        return True
