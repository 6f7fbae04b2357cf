"""Structures of coordinators as they are read: gathered with all their parts, counted, told in words, drawn as a network."""
