"""照会 on the side of the prefecture: asking, watching who has answered, and reading the answers."""
