"""What the municipalities have submitted, by name."""
