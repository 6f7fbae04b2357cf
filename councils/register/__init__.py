"""協議体: their list and chart, one council with its functions, seats and outreach, and editing them."""
