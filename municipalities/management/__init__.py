"""Command line of the foundation."""
