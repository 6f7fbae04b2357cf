"""体制 as cases to learn from: publishing one's own, and the published ones of everybody."""
