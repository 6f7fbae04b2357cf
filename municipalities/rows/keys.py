"""Keys of rows that people add: a word that says what the row is, and enough chance to be unique."""

import secrets

# A key has at most 80 characters; the word leaves room for the rest.
LONGEST_WORD = 60


def new_key(word: str) -> str:
    """Return 「activity-3f9c01ab77」: unique in practice, and told apart by nobody's counting."""
    return f"{word[:LONGEST_WORD]}-{secrets.token_hex(5)}"
