"""Towns beside each other on paper: a comparison, a structure of coordinators."""
