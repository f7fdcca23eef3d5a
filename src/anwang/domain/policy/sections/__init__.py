"""Readers of the sections of a policy, one module for each file of the folder."""
