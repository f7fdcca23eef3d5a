"""Official documents as trees of content, independent of the file format."""
