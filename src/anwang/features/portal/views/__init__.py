"""Pages of the enterprise's own side."""
