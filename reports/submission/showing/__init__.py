"""What of a year others may see: the copy for the prefecture, values to compare, a hand-out."""
