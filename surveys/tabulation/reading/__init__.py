"""Where the tables of a round come from: counted from its answers, or as they were kept."""
