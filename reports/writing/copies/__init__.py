"""A report as it leaves the house: for the prefecture, as a file out of the closed network, as slides and tables."""
