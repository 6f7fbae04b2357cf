"""What stands on the fence: rows that several municipalities share, the second wall, and the check that no table stands outside."""
