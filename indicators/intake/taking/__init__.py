"""A file on its way: received, read in the background, taken in."""
