"""Where the municipalities of a prefecture stand: the table, the steps, the nation's list, the copies they have published."""
