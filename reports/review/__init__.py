"""The adviser's desk: submitted reports, read from their snapshots."""
