"""Comments beside a report: what an adviser reads and writes there, section by section."""
