"""A questionnaire as it is asked: its shape, its inputs, readings and skips, and what is wrong with it; pure but for its reading."""
