"""The layout of an unknown file, proposed."""
