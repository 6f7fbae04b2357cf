"""April: this year's plan as the next year's draft, and what became of it there."""
