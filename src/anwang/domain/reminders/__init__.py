"""Reminders: what a person is told, when, and how often it is tried."""
