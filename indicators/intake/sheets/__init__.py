"""The bytes of a file read as texts, cell by cell. Pure."""
