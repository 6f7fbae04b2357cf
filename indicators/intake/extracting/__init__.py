"""The values of a table, taken out by its layout. Pure."""
