"""What the quarterly assessment weighs and what disqualifies (四.3)."""
