"""Small numbers of people: what of a table that is not public nobody is shown."""
