"""The posts that the prefecture keeps: the officer's pages of them."""
