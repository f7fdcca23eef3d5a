"""Who may open which page of this feature."""

from __future__ import annotations

from anwang.domain.base import Role

PAGES: dict[str, frozenset[Role] | str] = {}
