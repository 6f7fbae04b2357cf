"""県の調査票 in a town: taking it over, and sharing its results with the prefecture."""
