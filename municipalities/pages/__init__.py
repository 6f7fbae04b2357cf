"""Pages that add, edit, delete, arrange and bring back a row, whichever row it is."""
