"""Coordinator structures, contracts and bases."""
