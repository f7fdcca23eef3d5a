"""The policy: the notice as typed, validated, dated data."""
