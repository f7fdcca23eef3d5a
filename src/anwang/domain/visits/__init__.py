"""Visits to enterprises (四.4): planning the fewest contacts, the discipline of visits, merging, the day's route."""
