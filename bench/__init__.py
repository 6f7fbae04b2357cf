"""What the product costs, each number beside a reference that is measured in the same run (DESIGN 7)."""
