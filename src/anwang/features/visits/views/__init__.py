"""Pages of plans, visits, a unit's coming visits, an enterprise's."""
