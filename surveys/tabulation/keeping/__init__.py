"""What stays of the tables of a round when its answers go: kept, or registered as published tables."""
