"""One response: what was filled in, read against the questionnaire, and written without a trace of who."""
