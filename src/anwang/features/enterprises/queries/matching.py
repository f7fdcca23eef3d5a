"""Which enterprise a row of a roster means: by credit code, by its old number, else by exact name and township."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from anwang.domain.grid.codes import covers
from anwang.features.grid.queries import facts_of

from ..models import Enterprise
from .sheet import Incoming


class Matcher:
    """The known enterprises that some rows of an import may mean; at most some hundred rows at a time."""

    def __init__(self, rows: Sequence[Incoming], fallback: int) -> None:
        self.fallback = fallback
        coded = Enterprise.objects.filter(credit_code__in=[each.code for each in rows if each.code])
        self.by_code = {row.credit_code: row for row in coded}
        names = {str(each.values.get("name")) for each in rows if each.code not in self.by_code}
        self.by_name: dict[tuple[str, int], list[Enterprise]] = defaultdict(list)
        for row in Enterprise.objects.filter(name__in=names):
            self.by_name[row.name, row.township].append(self.by_code.get(row.credit_code, row))
        numbers = [each.provisional for each in rows if each.provisional]
        old = Enterprise.objects.filter(credit_code=None, provisional_code__in=numbers)
        self.by_number = {row.provisional_code: row for row in old}
        found = [*self.by_code.values(), *self.by_number.values(), *(r for rs in self.by_name.values() for r in rs)]
        self.known = {row.id for row in found}

    def key(self, incoming: Incoming) -> tuple[str, int]:
        """Name and township of a row, the fallback's where the place is unknown."""
        return str(incoming.values.get("name")), facts_of(incoming.place.code or self.fallback)[1]

    def find(self, incoming: Incoming) -> list[Enterprise]:
        """The enterprise meant; several when name and township do not tell them apart; none for a new one.

        Where the row does not say the township for sure, the name alone is enough among those without a code in the
        unit that takes such rows. A code that is new finds the enterprise that was kept without one.
        """
        if incoming.code and incoming.code in self.by_code:
            return [self.by_code[incoming.code]]
        if not incoming.code and incoming.provisional in self.by_number:
            return [self.by_number[incoming.provisional]]
        found = self.by_name.get(self.key(incoming), [])
        if not found and (incoming.place.code is None or incoming.place.guessed):
            found = self._alone(str(incoming.values.get("name")))
        return [row for row in found if row.credit_code is None] if incoming.code else found

    def _alone(self, name: str) -> list[Enterprise]:
        """The enterprises of this name in the fallback's range that have no code."""
        rows = [row for (called, _), some in self.by_name.items() if called == name for row in some]
        return [row for row in rows if row.credit_code is None and covers(self.fallback, row.place)]
