"""What a file would change, and what of it is strange."""
