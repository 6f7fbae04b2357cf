"""The year on paper: support rounds, documents, PDF, delivery and review."""
