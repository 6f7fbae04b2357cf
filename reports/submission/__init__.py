"""Making, checking and submitting a report."""
