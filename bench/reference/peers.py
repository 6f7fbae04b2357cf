"""Numbers of comparable systems, quoted and never measured here; each with what is known of its making."""

# Akvo RSR, one report as HTML: SQL statements. As the design gives it; how it was counted is not recorded.
RSR_REPORT_SQL = 218
# Akvo RSR in its state of October 2025, by a run of its own code: one approved value in a programme with 44 child
# projects, each of which is updated with it.
RSR_VALUE_SQL = 146
