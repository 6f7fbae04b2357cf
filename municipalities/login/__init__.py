"""Signing in and one's own account: the house's forms, addresses and rules of passwords over allauth."""
