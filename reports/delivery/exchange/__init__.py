"""The exchange file: a submitted report out of a closed network, and an adviser's answer back in (docs/adr/0019)."""
