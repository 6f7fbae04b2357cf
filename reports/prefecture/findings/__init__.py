"""研修の手がかり: which rules the towns break most."""
