"""点検: what the rules find in a year, on a page of its own and beside each row."""
