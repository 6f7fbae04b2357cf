"""What a survey prints: the questionnaire, the letter to an office, the poster."""
