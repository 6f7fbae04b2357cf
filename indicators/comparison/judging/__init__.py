"""What the numbers of places say of each: quarters, chance, pooled years, and their words. Pure."""
