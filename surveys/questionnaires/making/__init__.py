"""A questionnaire from its beginning to its end: from a template, a file, the prefecture; copied, fixed, deleted."""
