"""What the product is measured against. Never changed together with product code."""
