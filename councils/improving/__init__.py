"""改善の決定 and the trace of each in the plan of the year after."""
