"""A draft report: opened, for whom and until when, and how it moves on between its people."""
