"""What offices type and print: numbers, dates, years, times a year, and where a heading breaks. Pure."""
