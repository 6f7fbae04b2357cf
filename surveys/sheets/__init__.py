"""Paper sheets: their fields as numbers, and keying them in one after the other."""
