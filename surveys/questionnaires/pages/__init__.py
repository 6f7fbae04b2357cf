"""The pages on which a questionnaire is made, with its questions."""
