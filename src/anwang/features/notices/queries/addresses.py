"""Where people want to be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anwang.adapters import channels
from anwang.adapters import mail as mail  # plugs itself in
from anwang.domain.base import Actor

from ..models import Address


def reachable(people: Iterable[int]) -> dict[int, list[str]]:
    """The outward channels that people have proved and left on, by person. One query."""
    found: dict[int, list[str]] = {}
    rows = Address.objects.filter(person_id__in=list(people), enabled=True, verified_at__isnull=False)
    for person, channel in rows.values_list("person_id", "channel"):
        found.setdefault(person, []).append(channel)
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """A channel on a person's settings page. `ready`: the server is configured for it; `row` None: no address yet."""

    code: str
    label: str
    ready: bool
    row: Address | None

    @property
    def proved(self) -> bool:
        return self.row is not None and self.row.verified_at is not None

    @property
    def pending(self) -> bool:
        """A code was sent and can still be given."""
        return self.row is not None and self.row.verified_at is None and bool(self.row.code_digest)


def own_addresses(actor: Actor) -> list[Own]:
    """Every channel with the person's own address. One query."""
    rows = {row.channel: row for row in Address.objects.filter(person_id=actor.person_id or 0)}
    return [Own(code, way.label, way.ready(), rows.get(code)) for code, way in channels.channels().items()]
