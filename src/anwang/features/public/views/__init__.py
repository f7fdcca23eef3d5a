"""Pages for everyone, and the office's desk."""
