"""Pages of reports: of the public, of the clerks, of the desks, of the unsealing."""
