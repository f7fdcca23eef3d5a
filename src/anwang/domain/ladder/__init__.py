"""How a problem climbs the grid when it is not solved, and how a deadline is shared (三.4, 四.2)."""
