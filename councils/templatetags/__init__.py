"""Template tags of councils and meetings."""
