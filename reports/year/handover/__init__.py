"""引継書: what a year's desk passes on, on one page and on paper, and the deed that passes it on."""
