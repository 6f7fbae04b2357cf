"""県の調査票 on the side of the prefecture: making it, sending it to the towns, and reading what they share."""
