"""提出 → 助言 → 受理: comments, how a reading ends, and that a report is received."""
