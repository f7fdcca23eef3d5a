"""The command line; filled in by config (see the features' management modules)."""
