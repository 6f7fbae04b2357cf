"""What stands in a report: its sections, whether they are filled and looked at, and what a text begins with."""
