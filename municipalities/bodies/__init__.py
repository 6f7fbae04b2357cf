"""Naming a body: one of the register or in words, in forms and in the rows that copy its name."""
