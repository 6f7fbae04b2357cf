"""One question of a questionnaire: its forms, its options and where they lead, deleting it."""
