"""The cadre leads the cast's enterprise, its duties are open, and the browser's clock stands at `now`."""

from tests.features.duties.conftest import bound, freeze, opened  # noqa: F401 — the same cast with the same duties
