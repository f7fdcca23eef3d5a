"""Pages of the grid, people, posts, sign-ins."""
