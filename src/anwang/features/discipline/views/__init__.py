"""Pages of the discipline of visits."""
