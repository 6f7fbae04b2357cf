"""The page of a comparison: the heat table, what stands around it, and its files."""
