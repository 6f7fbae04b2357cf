"""What the rules of every app find in a year, read from its document alone."""
