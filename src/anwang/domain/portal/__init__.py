"""The enterprise's own side: how its principal is invited, and what it says about itself."""
