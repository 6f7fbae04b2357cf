"""What indicators mean: the catalogue, a municipality's own definitions and a prefecture's, and indicators made from them."""
