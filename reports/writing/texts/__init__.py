"""The sections of a report one by one, and the texts that only people can write."""
