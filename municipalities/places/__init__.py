"""Municipalities and areas as lists, texts and forms name them, and on the shipped maps."""
