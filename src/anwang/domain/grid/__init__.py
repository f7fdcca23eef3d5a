"""The five-level grid: codes, ranges, places, re-gridding (三.1)."""
