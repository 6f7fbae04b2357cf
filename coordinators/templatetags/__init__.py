"""Template tags of contracts and coordinators."""
