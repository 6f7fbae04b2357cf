"""How long an attack on what is published goes on: a few tries in every run, ATTACK_EXAMPLES of them by hand."""

import os

from hypothesis import settings


def tries(few):
    """Return settings for so many tries, or for as many as the environment asks for."""
    return settings(max_examples=int(os.environ.get("ATTACK_EXAMPLES", few)))
