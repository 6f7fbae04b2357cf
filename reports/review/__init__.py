"""The adviser's desk: inbox, a report with its comments (`comments`), the advice of a year (`advice`), the past."""
