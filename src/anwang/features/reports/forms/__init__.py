"""Forms of reports: of the public, and of the desks."""
