"""Hints on authenticity (B7): what of a record deserves a word of explanation. Never a verdict, never from an absence.

rules: thresholds · likeness: pictures · wording: minutes · travel: distances and times · states: from hint to settled
"""
