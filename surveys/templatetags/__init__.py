"""Template tags of surveys and hearings."""
