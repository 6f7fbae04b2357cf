"""交付金根拠表: the items of a year's grant, the rows of the year that answer each, and what the town makes of it."""
