"""Published tables of surveys: entered, shown, compared over years, taken as values."""
