"""What is computed of numbers and years alone: no database, no Django."""
