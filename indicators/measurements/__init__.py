"""The values as they are stored and told: which one stands for a year, its sources, its series."""
