"""Submitting: what stands in the way, the superiors who look first, and the deed."""
