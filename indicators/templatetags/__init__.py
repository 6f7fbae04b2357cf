"""Template tags of the numbers."""
