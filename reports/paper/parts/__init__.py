"""The parts of a report as paper draws them, and which of them it has."""
