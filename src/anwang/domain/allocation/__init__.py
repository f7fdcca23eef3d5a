"""Exact allocation of enterprises to officials (二.2)."""
