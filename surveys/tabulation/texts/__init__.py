"""自由記述: what respondents wrote, searched, and made into cards."""
