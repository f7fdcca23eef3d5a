"""Reading the grid: the choke point of territory, units with their leaders and sponsors, posts."""

from .posts import posts, posts_for
from .regrid import Regrid, followed, history_of, plan_regrid, read_tree, tree_in_force
from .territory import (
    ADMINISTRATORS,
    actor_for,
    actor_of,
    facts_of,
    on_day,
    post_levels,
    posts_worn_by,
    within,
    within_facts,
)
from .units import children, leaders, names, path_names, root_unit, sponsors, unit, units

__all__ = [
    "ADMINISTRATORS",
    "Regrid",
    "actor_for",
    "actor_of",
    "children",
    "facts_of",
    "followed",
    "history_of",
    "leaders",
    "names",
    "on_day",
    "path_names",
    "plan_regrid",
    "post_levels",
    "posts",
    "posts_for",
    "posts_worn_by",
    "read_tree",
    "root_unit",
    "sponsors",
    "tree_in_force",
    "unit",
    "units",
    "within",
    "within_facts",
]
