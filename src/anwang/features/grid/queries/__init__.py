"""Reading the grid: the choke point of territory, units with their leaders and sponsors, posts."""

from .posts import posts, posts_for
from .territory import (
    ADMINISTRATORS,
    actor_for,
    actor_of,
    facts_of,
    on_day,
    posts_worn_by,
    within,
    within_facts,
)
from .units import children, leaders, names, path_names, root_unit, sponsors, unit, units

__all__ = [
    "ADMINISTRATORS",
    "actor_for",
    "actor_of",
    "children",
    "facts_of",
    "leaders",
    "names",
    "on_day",
    "path_names",
    "posts",
    "posts_for",
    "posts_worn_by",
    "root_unit",
    "sponsors",
    "unit",
    "units",
    "within",
    "within_facts",
]
